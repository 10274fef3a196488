package io.reverser.reverser.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4AddressTest {

    private static final long SEED = 1035;
    private static final int CASES = 20_000;

    @ParameterizedTest
    @CsvSource(textBlock = """
            0.0.0.0,         0
            0.0.0.1,         1
            127.255.255.255, 2147483647
            128.0.0.0,       -2147483648
            203.0.113.7,     -889163513
            255.255.255.255, -1
            """)
    void readsAndPrintsDottedDecimal(String text, int bits) {
        assertThat(Ipv4Address.parse(text)).hasValue(new Ipv4Address(bits));
        assertThat(new Ipv4Address(bits)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"010.0.0.1", "10.00.0.1", "10.0.0.01", "0177.0.0.1", "00.0.0.0", "203.0.113.007"})
    void rejectsOctetsWithLeadingZeros(String text) {
        assertThat(Ipv4Address.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "256.0.0.1",
                "203.0.113.256",
                "203.0.113.1000",
                "4294967299.0.0.1",
                "99999999999999999999.0.0.1",
            })
    void rejectsOctetsAbove255(String text) {
        assertThat(Ipv4Address.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "...",
                "203",
                "203.0",
                "203.0.113",
                "203.0.113.7.9",
                "203..113.7",
                ".203.0.113",
                "0.113.7."
            })
    void rejectsAnythingButFourOctets(String text) {
        assertThat(Ipv4Address.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3405803783",
                "0xcb007107",
                "0x7f.0.0.1",
                "-1.0.113.7",
                "+1.0.113.7",
                "203,0,113,7",
                "203.0.113.7/32",
                "203.0 .113.7",
                "203.0.113.7\u0000",
                "\uff12\uff10\uff13.0.113.7",
                "\u0662.0.113.7",
                "localhost",
                "<nil>",
            })
    void refusesEveryOtherNotation(String text) {
        assertThat(Ipv4Address.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            203.0.113.7,     7.113.0.203
            1.2.3.4,         4.3.2.1
            10.0.0.0,        0.0.0.10
            255.0.0.0,       0.0.0.255
            0.0.0.0,         0.0.0.0
            255.255.255.255, 255.255.255.255
            110.0.10.0,      0.10.0.110
            """)
    void reversesTheOctets(String text, String reversed) {
        assertThat(ipv4(text).reversed()).hasToString(reversed);
    }

    @Test
    void reversingTwiceGivesTheOriginal() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            Ipv4Address address = addresses.nextIpv4();
            assertThat(address.reversed().reversed()).as("seed %d", SEED).isEqualTo(address);
        }
    }

    @Test
    void parsesTheTextOfEveryAddress() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            Ipv4Address address = addresses.nextIpv4();
            assertThat(IpAddress.parse(address.toString())).as("seed %d", SEED).hasValue(address);
        }
    }

    @Test
    void printsTheSameTextAsTheJdk() throws UnknownHostException {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            Ipv4Address address = addresses.nextIpv4();
            assertThat(address)
                    .as("seed %d", SEED)
                    .hasToString(InetAddress.getByAddress(address.bytes()).getHostAddress());
        }
    }

    /** The first case is the example of RFC 1035 section 3.5. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            10.2.0.52,   52.0.2.10.in-addr.arpa
            203.0.113.7, 7.113.0.203.in-addr.arpa
            127.0.0.1,   1.0.0.127.in-addr.arpa
            """)
    void namesItsPointerRecord(String text, String arpa) {
        assertThat(ipv4(text).arpa()).isEqualTo(arpa);
    }

    @Test
    void hasFourBytesInNetworkOrder() {
        assertThat(ipv4("203.0.113.7").bytes()).containsExactly(203, 0, 113, 7);
    }

    @Test
    void isVersionFour() {
        assertThat(ipv4("203.0.113.7").version()).isEqualTo(4);
    }

    private static IpAddress ipv4(String text) {
        return Ipv4Address.parse(text).orElseThrow();
    }
}
