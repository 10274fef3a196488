// Command bench is the server in Go with which the bench compares the reverser: a handler of net/http trusts
// X-Forwarded-For, reverses the address and writes the same header fields and the same body as the reverser. It counts no
// visits and has no database and no metrics.
//
// Arguments: the port on loopback, and the header lines of the reverser's response.
package main

import (
	"log"
	"net/http"
	"net/netip"
	"os"
	"strings"
)

func main() {
	fixed := fixedFields(os.Args[2:])
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		address, err := netip.ParseAddr(r.Header.Get("X-Forwarded-For"))
		if err != nil || !address.Is4() {
			http.Error(w, "no IPv4 address", http.StatusBadRequest)
			return
		}
		header := w.Header()
		for name, value := range fixed {
			header[name] = value
		}
		b := address.As4()
		reversed := netip.AddrFrom4([4]byte{b[3], b[2], b[1], b[0]})
		w.Write([]byte(address.String() + "\n" + reversed.String() + "\n"))
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], mux))
}

// fixedFields returns the fields whose values are the same in each response. net/http writes Content-Length and Date itself.
func fixedFields(lines []string) map[string][]string {
	fields := map[string][]string{"Date": nil}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		name = http.CanonicalHeaderKey(name)
		switch name {
		case "Date":
			delete(fields, name)
		case "Content-Length":
		default:
			fields[name] = append(fields[name], value)
		}
	}
	return fields
}
