#include "reader.h"
#include <fstream>
#include <iostream>
#include <sstream>

int main(int, char **argv) {
  std::ifstream file(argv[1]);
  std::stringstream text;
  text << file.rdbuf();
  for (const auto &title : titles(text.str())) std::cout << title << "\n";
}
