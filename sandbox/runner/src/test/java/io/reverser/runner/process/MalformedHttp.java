package io.reverser.runner.process;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Generates malformed HTTP requests: bytes that are not a request, or follow the format of a request only
 * in part. The same seed generates the same bytes.
 */
final class MalformedHttp {

    /**
     * The caller's address in smuggled requests: a visit from this address means that the server answered such a
     * request.
     */
    static final String SMUGGLED = "198.51.100.66";

    /** Markup that no response may contain without escaping. */
    static final String SCRIPT = "<script>alert(1)</script>";

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "POST", "DELETE", "TRACE", "PRI", "get", "G\u0000T", "", SCRIPT);
    private static final List<String> TARGETS = List.of(
            "/",
            "/ip",
            "/reversed",
            "/json",
            "/stats",
            "/assets/page.css",
            "*",
            "",
            "//",
            "///ip",
            "/ip/",
            "/?" + SCRIPT);
    private static final List<String> TRAVERSALS = List.of(
            "/../../etc/passwd",
            "/assets/../../app/reverser.jar",
            "/assets/..%2f..%2f..%2fetc%2fpasswd",
            "/assets/%2e%2e/%2e%2e/jvm.options",
            "/assets/..%5c..%5cjvm.options",
            "/assets/..;/..;/jvm.options",
            "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
            "/assets/page.css%00.html",
            "/assets/%00",
            "/assets//etc/passwd",
            "/q/metrics",
            "/q/dev",
            "/%",
            "/%zz",
            "/%u002e",
            "/\u0000",
            "http://[::1",
            "http://evil.example:99999/ip",
            "file:///etc/passwd");
    private static final List<String> VERSIONS = List.of(
            "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/9.9", "HTTP/1", "http/1.1", "ICY", "");
    private static final List<String> ADDRESSES = List.of(
            "203.0.113.9",
            "fe80::1%eth0",
            "[fe80::1%25eth0]:443",
            "2001:db8::1%" + "z".repeat(200),
            "::ffff:10.0.0.1",
            "[::1",
            "1.2.3.4.5",
            "0x7f.1",
            "010.0.0.1",
            "10.0.0.1:99999999",
            "\u0000\u0001\u007f",
            "\u00ff\u00fe",
            "for=\"[2001:db8::1]:x\"",
            "\"\\",
            ",,,,",
            SCRIPT);
    private static final List<String> NAMES = List.of(
            "Host",
            "Accept",
            "Accept-Encoding",
            "Accept-Language",
            "Content-Type",
            "Cookie",
            "Range",
            "Expect",
            "If-Modified-Since",
            "If-None-Match",
            "Connection",
            "Upgrade",
            "Origin",
            "Authorization",
            "X-HTTP-Method-Override",
            "Forwarded",
            "X-Forwarded-Host",
            "Access-Control-Request-Method",
            "TE",
            "Via",
            "Max-Forwards",
            "Date");
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "*",
            "*/*;q=NaN",
            "text/html;q=99999999999999999999",
            "text/html;q=-1",
            "text/",
            "/",
            ";",
            ",",
            "=",
            ";q=1",
            "text/html;level=\"",
            "bytes=0-,-1,9-1",
            "Thu, 99 Foo 99999 99:99:99 GMT",
            "100-continue",
            "200-maybe",
            "h2c, websocket",
            "close, keep-alive, x-forwarded-for",
            "[::1",
            "a b",
            "evil.example:0",
            "%00",
            "\u00e9\u00ff",
            "\t\t",
            SCRIPT,
            "chunked");
    private static final List<String> HOSTS =
            List.of("Host: a\r\n", "Host: a\r\n", "Host: a\r\n", "Host: a\r\n", "Host: a\r\nHost: b\r\n", "");
    private static final List<String> LENGTHS = List.of(
            "-1", "+5", "5, 6", "5 5", "0x5", "99999999999999999999", "9223372036854775807", "", "five", "20000");
    private static final List<String> CODINGS = List.of(
            "chunked", "xchunked", "chunked, identity", "identity, chunked", "\u000bchunked", "gzip", "chunked;x=1");
    private static final List<String> CHUNKS = List.of(
            "0\r\n\r\n",
            "5\r\nab",
            "-5\r\nabcde\r\n0\r\n\r\n",
            "FFFFFFFFFFFFFFFFF\r\nabc",
            "7fffffff\r\nabc",
            "5;" + "x".repeat(9000) + "\r\nabcde\r\n0\r\n\r\n",
            "5\nabcde\n0\n\n",
            "0x5\r\nabcde\r\n0\r\n\r\n",
            "zz\r\n\r\n",
            "0\r\nX-Forwarded-For: " + SMUGGLED + "\r\n" + "y: z\r\n".repeat(2000) + "\r\n",
            "\r\n\r\n");
    private static final String WITHIN = "GET /ip HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + SMUGGLED + "\r\n\r\n";
    private static final List<String> OTHER_PROTOCOLS = List.of(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "PROXY TCP4 " + SMUGGLED + " 10.0.0.1 1 2\r\n" + WITHIN,
            "\r\n\r\n\u0000\r\nQUIT\n",
            "SSH-2.0-x\r\n",
            "*3\r\n$3\r\nSET\r\n",
            "EHLO evil.example\r\n");

    private final SplittableRandom random;

    MalformedHttp(SplittableRandom random) {
        this.random = random;
    }

    /** Generates a malformed request; some requests are complete, and others are cut off. */
    byte[] next() {
        String text = switch (random.nextInt(12)) {
            case 0 -> line() + "Host: a\r\n\r\n";
            case 1 -> line().replace("\r\n", oneOf(List.of("\n", "\r", "\r\r\n", "\u0000"))) + "Host: a\r\n\r\n";
            case 2 -> "GET " + oneOf(TRAVERSALS) + " HTTP/1.1\r\nHost: a\r\n\r\n";
            case 3, 4 -> request(forwarded());
            case 5, 6, 7 -> request(headers());
            case 8 -> tooMuch();
            case 9 -> body();
            case 10 -> oneOf(OTHER_PROTOCOLS);
            default -> request(headers() + forwarded());
        };
        return random.nextInt(6) == 0 ? torn(text) : latin1(text);
    }

    private String line() {
        return oneOf(METHODS) + " ".repeat(random.nextInt(3)) + oneOf(TARGETS) + oneOf(List.of(" ", "\t", "  ", " x "))
                + oneOf(VERSIONS) + "\r\n";
    }

    private String request(String headers) {
        return "GET " + oneOf(TARGETS) + " HTTP/1.1\r\n" + oneOf(HOSTS) + headers + "\r\n";
    }

    private String forwarded() {
        var headers = new StringBuilder();
        for (int line = random.nextInt(3); line >= 0; line--) {
            headers.append("X-Forwarded-For: ");
            for (int hop = random.nextInt(5); hop >= 0; hop--) {
                headers.append(oneOf(ADDRESSES)).append(oneOf(List.of(",", ", ", ";", "")));
            }
            headers.append("\r\n");
        }
        return headers.toString();
    }

    private String headers() {
        var headers = new StringBuilder();
        for (int more = random.nextInt(5); more >= 0; more--) {
            String name = random.nextInt(20) == 0 ? oneOf(VALUES) : oneOf(NAMES);
            headers.append(name)
                    .append(oneOf(List.of(": ", ": ", ": ", ": ", ":", ":", " : ", "")))
                    .append(oneOf(VALUES))
                    .append(oneOf(VALUES));
            headers.append(oneOf(List.of("\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r\n folded: x\r\n")));
        }
        return headers.toString();
    }

    private String tooMuch() {
        return switch (random.nextInt(5)) {
            case 0 -> "GET /" + "a".repeat(random.nextInt(3_000, 70_000)) + " HTTP/1.1\r\nHost: a\r\n\r\n";
            case 1 -> request("X-Forwarded-For: " + "10.0.0.1,".repeat(random.nextInt(500, 7_000)) + "\r\n");
            case 2 -> request("a: b\r\n".repeat(random.nextInt(500, 10_000)));
            case 3 -> request("Accept: " + "a/b;q=0.1,".repeat(random.nextInt(100, 1_500)) + "\r\n");
            default -> "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n" + "x".repeat(200_000);
        };
    }

    /**
     * Generates a request whose body has an ambiguous length. Some bodies contain a second request that the server must
     * not answer (request smuggling).
     */
    private String body() {
        String start = oneOf(List.of("GET", "POST")) + " / HTTP/1.1\r\nHost: a\r\n";
        return switch (random.nextInt(4)) {
            case 0 -> start + "Content-Length: " + oneOf(LENGTHS) + "\r\n\r\n" + WITHIN;
            case 1 -> start + "Content-Length: 0\r\nContent-Length: " + WITHIN.length() + "\r\n\r\n" + WITHIN;
            case 2 -> start + "Transfer-Encoding: " + oneOf(CODINGS) + "\r\n\r\n" + oneOf(CHUNKS);
            default -> start + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + WITHIN;
        };
    }

    /**
     * Cuts the bytes off or changes some of them. Only cuts bytes that contain a smuggled
     * request, because a change could turn the smuggled request into a valid, separate request.
     */
    private byte[] torn(String text) {
        byte[] bytes = latin1(text);
        if (bytes.length < 2) {
            return bytes;
        }
        if (random.nextBoolean() || text.contains(SMUGGLED)) {
            var start = new ByteArrayOutputStream();
            start.write(bytes, 0, random.nextInt(1, bytes.length));
            return start.toByteArray();
        }
        for (int change = random.nextInt(1, 6); change > 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
