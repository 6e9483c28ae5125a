package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	if os.Args[1] == "health" {
		fmt.Println("healthy")
		return
	}
	motd, err := os.ReadFile(os.Getenv("GREETER_MOTD"))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	zone, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Printf("%s%s as %d at %s\n", motd, os.Args[1], os.Getuid(), time.Unix(0, 0).In(zone).Format(time.RFC3339))
}
