package io.reverser.reverser.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in the forms that sockets, proxies and people write. */
class AddressTextTest {

    private static final long SEED = 7239;
    private static final int CASES = 100_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.7                   | 203.0.113.7
            203.0.113.7:51234             | 203.0.113.7
            "203.0.113.7"                 | 203.0.113.7
            "203.0.113.7:51234"           | 203.0.113.7
            2001:db8::7                   | 2001:db8::7
            [2001:db8::7]                 | 2001:db8::7
            [2001:db8::7]:51234           | 2001:db8::7
            "[2001:db8::7]"               | 2001:db8::7
            "[2001:db8::7]:51234"         | 2001:db8::7
            [2001:DB8:0:0:0:0:0:7]:1      | 2001:db8::7
            """)
    void takesQuotesBracketsAndPortsOff(String text, String address) {
        assertThat(IpAddress.parse(text)).map(IpAddress::toString).hasValue(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fe80::1%eth0                  | fe80::1
            fe80::1%1                     | fe80::1
            [fe80::1%eth0]                | fe80::1
            [fe80::1%25eth0]:443          | fe80::1
            "[fe80::1%eth0]:443"          | fe80::1
            fe80::1%<script>              | fe80::1
            """)
    void removesTheZone(String text, String address) {
        assertThat(IpAddress.parse(text)).map(IpAddress::toString).hasValue(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {" 203.0.113.7", "203.0.113.7 ", "\t203.0.113.7\t", " \"203.0.113.7\" "})
    void removesWhiteSpace(String text) {
        assertThat(IpAddress.parse(text)).map(IpAddress::toString).hasValue("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7:",
                "203.0.113.7:http",
                "203.0.113.7:-1",
                "203.0.113.7:123456",
                "203.0.113.7:80:80",
                ":80",
                ":",
                "[2001:db8::7]:",
                "[2001:db8::7]80",
                "[2001:db8::7]:_hidden",
                "[2001:db8::7]x",
            })
    void refusesWhatIsNoPort(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\"",
                "\"203.0.113.7",
                "203.0.113.7\"",
                "\"\"203.0.113.7\"\"",
                "'203.0.113.7'",
                "[",
                "[]",
                "[]:80",
                "[2001:db8::7",
                "2001:db8::7]",
                "[[2001:db8::7]]",
                "%eth0",
                "[%eth0]",
                "203.0.113.7%eth0",
            })
    void refusesUnbalancedAndMisplacedTrimmings(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "unknown",
                "_hidden",
                "_SEVKISEK",
                "<nil>",
                "null",
                "localhost",
                "example.org",
                "example.org:443",
                "<script>alert(1)</script>",
                "' OR '1'='1",
                "203.0.113.7, 198.51.100.1",
                "203.0.113.7\r\nSet-Cookie: a=b",
                "203.0.113.7\u0000",
                "http://203.0.113.7/",
                "203.0.113.0/24",
                "face",
            })
    void rejectsTextThatIsNoAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "1::2::3",
                ":::",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "12345::",
                "::g",
                "::-1",
                "203.0.113.7::",
                "::ffff:203.0.113",
                "::ffff:203.0.113.256",
                "::ffff:203.0.113.7:80",
                "\uff12001:db8::7",
            })
    void rejectsAlmostIpv6(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void rejectsTextLongerThanAnyAddress() {
        assertThat(IpAddress.parse("203.0.113.7" + " ".repeat(118))).isEmpty();
        assertThat(IpAddress.parse("fe80::1%" + "e".repeat(121))).isEmpty();
        assertThat(IpAddress.parse("1".repeat(100_000))).isEmpty();
    }

    @Test
    void printsOnlyDigitsDotsAndColonsForAnyInput() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < CASES; i++) {
            String text = textLikeAnAddress(random);
            assertThat(IpAddress.parse(text).map(IpAddress::toString).orElse("::"))
                    .as("seed %d, read from %s", SEED, text)
                    .matches("[0-9a-f.:]{2,39}");
        }
    }

    private static String textLikeAnAddress(SplittableRandom random) {
        String[] parts = {
            "::", "::", ":", ":", ".", ".", "[", "]", "]:", "\"", "%", "<b>", "0", "7", "fe80", "203.0.113"
        };
        return random.ints(random.nextInt(1, 9), 0, parts.length)
                .collect(StringBuilder::new, (text, part) -> text.append(parts[part]), StringBuilder::append)
                .toString();
    }
}
