module reverser.io/bench

go 1.21
