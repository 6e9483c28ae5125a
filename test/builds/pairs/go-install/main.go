package main

import "os"

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	lines := 0
	for _, each := range text {
		if each == '\n' {
			lines++
		}
	}
	println(lines, "lines")
}
