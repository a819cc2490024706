// Logs through every framework that the source pass knows of Go.
package main

func main() {
	runLog()
	runSlog()
	runZap()
	runLogrus()
	runZerolog()
	runKlog()
	runGlog()
	runPrint()
}
