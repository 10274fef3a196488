package io.reverser.reverser.caller;

import static io.reverser.reverser.caller.ForwardingHeader.FORWARDED;
import static io.reverser.reverser.caller.ForwardingHeader.X_FORWARDED_FOR;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reverser.reverser.address.Cidr;
import io.reverser.reverser.address.IpAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trusted proxies are in 10.0.0.0/16 and fd00::/8. In the test cases, {@code /} separates header lines. */
class ProxyChainTest {

    private static final List<Cidr> OURS = List.of(Cidr.of("10.0.0.0/16"), Cidr.of("fd00::/8"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.7  | 127.0.0.1
            203.0.113.7  | 6.6.6.6
            203.0.113.7  | 6.6.6.6, 10.0.0.1
            203.0.113.7  | unknown
            10.1.0.1     | 6.6.6.6
            2001:db8::7  | 6.6.6.6
            127.0.0.1    | 6.6.6.6
            """)
    void anUntrustedPeerIsTheCallerWhateverItSends(String peer, String header) {
        assertThat(caller(X_FORWARDED_FOR, peer, header)).isEqualTo(address(peer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.1         | 203.0.113.7                                | 203.0.113.7
            10.0.0.1         | 6.6.6.6, 203.0.113.7                       | 203.0.113.7
            10.0.0.1         | 127.0.0.1, 203.0.113.7                     | 203.0.113.7
            10.0.0.1         | 10.1.2.3, 203.0.113.7                      | 203.0.113.7
            10.0.0.1         | 6.6.6.6 / 203.0.113.7                      | 203.0.113.7
            10.0.0.1         | 6.6.6.6, 7.7.7.7 / 8.8.8.8 / 203.0.113.7   | 203.0.113.7
            10.0.0.1         | 6.6.6.6,203.0.113.7                        | 203.0.113.7
            10.0.0.1         | unknown, 203.0.113.7                       | 203.0.113.7
            10.0.0.1         | <script>alert(1)</script>, 203.0.113.7     | 203.0.113.7
            fd00::1          | 6.6.6.6, 2001:db8::7                       | 2001:db8::7
            ::ffff:10.0.0.1  | 6.6.6.6, 203.0.113.7                       | 203.0.113.7
            """)
    void whatTheCallerWroteOnTheLeftIsNotRead(String peer, String header, String caller) {
        assertThat(caller(X_FORWARDED_FOR, peer, header)).isEqualTo(address(caller));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.1  | 203.0.113.7, 10.0.0.2                        | 203.0.113.7
            10.0.0.1  | 203.0.113.7 / 10.0.0.2                       | 203.0.113.7
            10.0.0.1  | 6.6.6.6, 203.0.113.7, 10.0.0.3, 10.0.0.2     | 203.0.113.7
            10.0.0.1  | 6.6.6.6, 203.0.113.7 / 10.0.0.3 / 10.0.0.2   | 203.0.113.7
            10.0.0.1  | 6.6.6.6, 2001:db8::7, fd00::2, 10.0.0.2      | 2001:db8::7
            fd00::1   | 203.0.113.7, [fd00::2]:443                   | 203.0.113.7
            """)
    void everyProxyOfOursVouchesForTheElementBeforeIt(String peer, String header, String caller) {
        assertThat(caller(X_FORWARDED_FOR, peer, header)).isEqualTo(address(caller));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.7:51234          | 203.0.113.7
            [2001:db8::7]:51234        | 2001:db8::7
            [2001:db8::7]              | 2001:db8::7
            2001:db8::7                | 2001:db8::7
            2001:DB8:0:0:0:0:0:7       | 2001:db8::7
            ::ffff:203.0.113.7         | 203.0.113.7
            [::ffff:203.0.113.7]:51234 | 203.0.113.7
            fe80::1%eth0               | fe80::1
            192.168.1.7                | 192.168.1.7
            100.64.0.7                 | 100.64.0.7
            10.1.0.1                   | 10.1.0.1
            """)
    void theCallerIsReadWithOrWithoutPortBracketsAndZone(String element, String caller) {
        assertThat(caller(X_FORWARDED_FOR, "10.0.0.1", "6.6.6.6, " + element)).isEqualTo(address(caller));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"203.0.113.7,", "203.0.113.7 , ,", "203.0.113.7 / ", ", 203.0.113.7", "/ 203.0.113.7 / , /"})
    void emptyElementsAreIgnored(String header) {
        assertThat(caller(X_FORWARDED_FOR, "10.0.0.1", header)).isEqualTo(address("203.0.113.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", " , / ,", "10.0.0.1", "10.0.0.1, 10.0.0.1"})
    void tooFewElementsResolveToTheFarthestProxy(String header) {
        assertThat(caller(X_FORWARDED_FOR, "10.0.0.1", header)).isEqualTo(address("10.0.0.1"));
    }

    @Test
    void aMissingHeaderResolvesToThePeer() {
        assertThat(new ProxyChain(OURS, X_FORWARDED_FOR, 0).caller(address("10.0.0.1"), List.of()))
                .isEqualTo(address("10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "<nil>",
                "<script>alert(1)</script>",
                "localhost",
                "example.org",
                "203.0.113",
                "203.0.113.007",
                "203.0.113.7.9",
                "203.0.113.7 198.51.100.1",
                "203.0.113.7:port",
                "\"203.0.113.7",
                "[2001:db8::7",
                "2001:db8::7::",
            })
    void theChainBreaksOffAtWhatIsNoAddress(String element) {
        assertThat(caller(X_FORWARDED_FOR, "10.0.0.1", "6.6.6.6, " + element + ", 10.0.0.2"))
                .isEqualTo(address("10.0.0.2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            for=203.0.113.7                                            | 203.0.113.7
            for=6.6.6.6, for=203.0.113.7                               | 203.0.113.7
            for=6.6.6.6 / for=203.0.113.7                              | 203.0.113.7
            for=6.6.6.6;proto=http, For="203.0.113.7:51234";by=10.0.0.1| 203.0.113.7
            for="[2001:db8::7]"                                        | 2001:db8::7
            by=10.0.0.1;for="[2001:db8::7]:51234";proto=https          | 2001:db8::7
            for=6.6.6.6, for=203.0.113.7, for=10.0.0.2                 | 203.0.113.7
            for="6.6.6.6, for=203.0.113.7                              | 203.0.113.7
            for=6.6.6.6, for=unknown                                   | 10.0.0.1
            for=6.6.6.6, for=_hidden                                   | 10.0.0.1
            for=6.6.6.6, proto=https                                   | 10.0.0.1
            for=6.6.6.6, 203.0.113.7                                   | 10.0.0.1
            """)
    void forwardedIsReadByTheSameRules(String header, String caller) {
        assertThat(caller(FORWARDED, "10.0.0.1", header)).isEqualTo(address(caller));
    }

    @Test
    void noHeaderIsTrustedWithoutTrustedProxies() {
        var chain = new ProxyChain(List.of(), X_FORWARDED_FOR, 0);
        assertThat(chain.caller(address("10.0.0.1"), List.of("6.6.6.6"))).isEqualTo(address("10.0.0.1"));
    }

    @Test
    void anIpv4RangeTrustsNoIpv6Peer() {
        var chain = new ProxyChain(List.of(Cidr.of("0.0.0.0/0")), X_FORWARDED_FOR, 0);
        assertThat(chain.caller(address("2001:db8::7"), List.of("6.6.6.6"))).isEqualTo(address("2001:db8::7"));
    }

    @Test
    void thirtyTwoProxiesAreFollowed() {
        assertThat(caller(X_FORWARDED_FOR, "10.0.0.1", "203.0.113.7" + ", 10.0.0.9".repeat(31)))
                .isEqualTo(address("203.0.113.7"));
    }

    @Test
    void theWalkEndsAfterThirtyTwoProxies() {
        assertThat(caller(X_FORWARDED_FOR, "10.0.0.1", "203.0.113.7" + ", 10.0.0.9".repeat(32)))
                .isEqualTo(address("10.0.0.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ",", "\"", "\\", "6.6.6.6, ", "\", ", ";for=", "<"})
    void elementsLeftOfTheCallerAreNotParsed(String part) {
        String huge = part.repeat(1_000_000 / part.length());
        IpAddress caller = assertTimeoutPreemptively(
                ofSeconds(5), () -> caller(FORWARDED, "10.0.0.1", huge + ", for=203.0.113.7"));
        assertThat(caller).isEqualTo(address("203.0.113.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ",", "\"", "\\", "\", ", ";for=", "<"})
    void aHugeHeaderWithoutAnAddressResolvesToThePeer(String part) {
        String huge = part.repeat(1_000_000 / part.length());
        IpAddress caller = assertTimeoutPreemptively(ofSeconds(5), () -> caller(X_FORWARDED_FOR, "10.0.0.1", huge));
        assertThat(caller).isEqualTo(address("10.0.0.1"));
    }

    /** The edge of a CDN, in front of the trusted proxies, has changing addresses. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.1     | 203.0.113.7, 192.0.2.1                        | 203.0.113.7
            10.0.0.1     | 6.6.6.6, 203.0.113.7, 192.0.2.1               | 203.0.113.7
            10.0.0.1     | 203.0.113.7, 192.0.2.1, 10.0.0.2              | 203.0.113.7
            10.0.0.1     | 203.0.113.7, 10.0.0.3, 192.0.2.1, 10.0.0.2    | 203.0.113.7
            10.0.0.1     | 192.0.2.1                                     | 192.0.2.1
            10.0.0.1     | unknown, 192.0.2.1                            | 192.0.2.1
            192.0.2.1    | 203.0.113.7                                   | 192.0.2.1
            192.0.2.1    | 203.0.113.7, 192.0.2.2                        | 192.0.2.1
            """)
    void edgeProxiesAreSkippedBehindATrustedPeerOnly(String peer, String header, String caller) {
        assertThat(new ProxyChain(OURS, X_FORWARDED_FOR, 1).caller(address(peer), List.of(header)))
                .isEqualTo(address(caller));
    }

    @Test
    void twoEdgeProxiesAreSkipped() {
        assertThat(new ProxyChain(OURS, X_FORWARDED_FOR, 2)
                        .caller(address("10.0.0.1"), List.of("6.6.6.6, 203.0.113.7, 192.0.2.2, 192.0.2.1")))
                .isEqualTo(address("203.0.113.7"));
    }

    private static IpAddress caller(ForwardingHeader header, String peer, String lines) {
        return new ProxyChain(OURS, header, 0).caller(address(peer), Arrays.asList(lines.split(" ?/ ?", -1)));
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
