package io.reverser.reverser.caller;

import static io.reverser.reverser.caller.ForwardingHeader.FORWARDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.reverser.address.Cidr;
import io.reverser.reverser.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The client's own header content never changes the result: one to three proxies append their client's address to
 * whatever the client sent, in the header's last line or in a new line, and the result is the address that the first
 * proxy appended.
 */
class ProxyChainForgeryTest {

    private static final long SEED = 6302;
    private static final int CASES = 20_000;
    private static final List<Cidr> OURS = List.of(Cidr.of("10.0.0.0/16"), Cidr.of("fd00::/8"));
    private static final List<String> PROXIES = List.of("10.0.0.1", "10.0.255.255", "fd00::1", "fdff::a:0:0:1");
    private static final List<String> CLIENTS =
            List.of("203.0.113.7", "10.1.0.0", "192.168.1.7", "2001:db8::7", "::1", "fe80::1:0:0:1", "255.255.255.255");

    private static final List<String> FORGERIES = List.of(
            "6.6.6.6",
            "10.0.0.1",
            "for=6.6.6.6",
            "for=10.0.0.1",
            "for=\"[fd00::1]:443\"",
            "for=\"6.6.6.6",
            "[::1",
            "unknown",
            "_hidden",
            "<script>alert(1)</script>",
            "' OR '1'='1",
            "127.0.0.1:99999999",
            "2001:db8::6%eth0",
            "host=\"a,b;c\"",
            "\"",
            "\"\"",
            "\\\"",
            "\\",
            ",",
            ";",
            "=",
            " ",
            "\t",
            "\u0000\u0007\u001b[2J\u007f",
            "\r\nX-Forwarded-For: 6.6.6.6\r\n",
            "\u201c6.6.6.6\u201d\uff0c\ud83d",
            "x".repeat(16_384),
            "\"".repeat(4_097),
            ",;".repeat(2_048),
            "10.0.0.1,".repeat(100));

    private final SplittableRandom random = new SplittableRandom(SEED);

    @ParameterizedTest
    @EnumSource
    void clientHeadersNeverChangeTheResolvedCaller(ForwardingHeader header) {
        var chain = new ProxyChain(OURS, header, 0);
        for (int i = 0; i < CASES; i++) {
            IpAddress client = address(oneOf(CLIENTS));
            List<String> lines = forged();
            IpAddress seen = client;
            for (int hop = random.nextInt(1, 4); hop > 0; hop--) {
                append(lines, element(header, seen));
                seen = address(oneOf(PROXIES));
            }
            assertThat(chain.caller(seen, lines))
                    .as("seed %d, case %d", SEED, i)
                    .isEqualTo(client);
        }
    }

    /** HAProxy writes the host, which the client controls, before the client's address. */
    @Test
    void clientHostNeverChangesTheResolvedCaller() {
        var chain = new ProxyChain(OURS, FORWARDED, 0);
        for (int i = 0; i < CASES; i++) {
            IpAddress client = address(oneOf(CLIENTS));
            List<String> lines = forged();
            String host =
                    oneOf(FORGERIES) + oneOf(List.of(";", ",", "")) + oneOf(FORGERIES) + oneOf(List.of(";", ",", ""));
            String quoted = host.replace("\\", "\\\\").replace("\"", "\\\"");
            append(lines, "proto=http;host=\"%s\";".formatted(quoted) + element(FORWARDED, client));
            assertThat(chain.caller(address("10.0.0.1"), lines))
                    .as("seed %d, case %d", SEED, i)
                    .isEqualTo(client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgedHeadersWithoutProxiesAreIgnored(ForwardingHeader header) {
        var chain = new ProxyChain(OURS, header, 0);
        for (int i = 0; i < CASES; i++) {
            IpAddress client = address(oneOf(CLIENTS));
            assertThat(chain.caller(client, forged()))
                    .as("seed %d, case %d", SEED, i)
                    .isEqualTo(client);
        }
    }

    private List<String> forged() {
        var lines = new ArrayList<String>();
        for (int line = random.nextInt(5); line > 0; line--) {
            var text = new StringBuilder();
            for (int part = random.nextInt(6); part > 0; part--) {
                text.append(oneOf(FORGERIES)).append(random.nextBoolean() ? ", " : "");
            }
            lines.add(text.toString());
        }
        return lines;
    }

    private void append(List<String> lines, String element) {
        if (lines.isEmpty() || random.nextBoolean()) {
            lines.add(element);
        } else {
            lines.set(lines.size() - 1, lines.getLast() + (random.nextBoolean() ? ", " : ",") + element);
        }
    }

    private String element(ForwardingHeader header, IpAddress seen) {
        String bare = seen.toString();
        String bracketed = seen.version() == 6 ? "[" + bare + "]" : bare;
        String withPort = bracketed + ":" + random.nextInt(1, 65_536);
        if (header == FORWARDED) {
            String node = "\"" + (random.nextBoolean() ? bracketed : withPort) + "\"";
            return oneOf(List.of("for=%s", "For=%s;proto=https", "by=10.0.0.1;host=\"a,b\";for=%s"))
                    .formatted(node);
        }
        return oneOf(List.of(bare, bracketed, withPort));
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
