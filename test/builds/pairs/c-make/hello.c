#include <stdio.h>

int main(int argc, char **argv) {
  char greeting[64];
  FILE *file = fopen(SHARE "/greeting.txt", "r");
  if (!file || fscanf(file, "%63s", greeting) != 1) {
    printf("there is no greeting\n");
    return 1;
  }
  printf("%s, %s!\n", greeting, argv[argc - 1]);
}
