package main

// #cgo LDFLAGS: -lm
// #include <math.h>
// #include <stdio.h>
// #include <stdlib.h>
// static void root(const char *number) { printf("%.6f\n", sqrt(atof(number))); fflush(stdout); }
import "C"

import "os"

func main() {
	C.root(C.CString(os.Args[1]))
}
