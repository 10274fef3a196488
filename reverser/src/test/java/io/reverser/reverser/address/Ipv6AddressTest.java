package io.reverser.reverser.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6AddressTest {

    private static final long SEED = 5952;
    private static final int CASES = 20_000;

    /** The spellings of one address in RFC 5952 sections 1 and 2. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            2001:db8:0:0:1:0:0:1,                    2001:db8::1:0:0:1
            2001:0db8:0:0:1:0:0:1,                   2001:db8::1:0:0:1
            2001:db8::1:0:0:1,                       2001:db8::1:0:0:1
            2001:db8::0:1:0:0:1,                     2001:db8::1:0:0:1
            2001:0db8::1:0:0:1,                      2001:db8::1:0:0:1
            2001:db8:0:0:1::1,                       2001:db8::1:0:0:1
            2001:db8:0000:0:1::1,                    2001:db8::1:0:0:1
            2001:DB8:0:0:1::1,                       2001:db8::1:0:0:1
            2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001,  2001:db8:aaaa:bbbb:cccc:dddd:eeee:1
            2001:db8:aaaa:bbbb:cccc:dddd:eeee:01,    2001:db8:aaaa:bbbb:cccc:dddd:eeee:1
            2001:db8:aaaa:bbbb:cccc:dddd::1,         2001:db8:aaaa:bbbb:cccc:dddd:0:1
            2001:db8:0:0:0::1,                       2001:db8::1
            2001:db8:0::1,                           2001:db8::1
            2001:db8:0:0:aaaa::1,                    2001:db8::aaaa:0:0:1
            2001:db8:aaaa:bbbb:cccc:dddd:eeee:AaAa,  2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa
            """)
    void printsOneTextForAllSpellingsOfAnAddress(String spelling, String text) {
        assertThat(ipv6(spelling)).hasToString(text);
    }

    /** The recommendations of RFC 5952 section 4, in the order of that section. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            2001:0db8::0001,                         2001:db8::1
            2001:db8:0:0:0:0:2:1,                    2001:db8::2:1
            2001:db8:0:1:1:1:1:1,                    2001:db8:0:1:1:1:1:1
            2001:0:0:1:0:0:0:1,                      2001:0:0:1::1
            2001:db8:0:0:1:0:0:1,                    2001:db8::1:0:0:1
            2001:DB8::ABCD,                          2001:db8::abcd
            """)
    void printsTheTextOfRfc5952(String spelling, String text) {
        assertThat(ipv6(spelling)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "1::1",
                "0:1::",
                "::1:0",
                "0:1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:0",
                "::3:4:5:6:7:8",
                "1:2:3:4:5:6::",
                "0:0:1::",
                "::1:0:0:0",
                "1:0:0:2::",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            })
    void printsEdgesAsTheyAreRead(String text) {
        assertThat(ipv6(text)).hasToString(text);
    }

    @Test
    void abbreviatesTheFirstLongestRunOfZeroGroupsAndNothingElse() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            Ipv6Address address = addresses.nextIpv6();
            assertThat(address).as("seed %d", SEED).hasToString(textByTryingEveryRun(address));
        }
    }

    @Test
    void theJdkParsesTheSameBytesFromTheText() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            Ipv6Address address = addresses.nextIpv6();
            byte[] read = InetAddress.ofLiteral(address.toString()).getAddress();
            assertThat(address.bytes()).as("seed %d, %s", SEED, address).endsWith(read);
            assertThat(read.length).as("seed %d, %s", SEED, address).isEqualTo(looksMapped(address) ? 4 : 16);
        }
    }

    /** The text of a reversed address can look IPv4-mapped; such a text is parsed as an IPv4 address. */
    @Test
    void parsesTheTextOfEveryAddressUnlessItLooksMapped() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            Ipv6Address address = addresses.nextIpv6();
            IpAddress expected = looksMapped(address) ? new Ipv4Address((int) address.low()) : address;
            assertThat(IpAddress.parse(address.toString())).as("seed %d", SEED).hasValue(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2001:db8::7,                             7::db8:2001
            1:2:3:4:5:6:7:8,                         8:7:6:5:4:3:2:1
            ::,                                      ::
            ::1,                                     1::
            fe80::1:0:0:0,                           ::1:0:0:0:fe80
            ffff:ffff:ffff:ffff::,                   ::ffff:ffff:ffff:ffff
            2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff,  ffff:eeee:dddd:cccc:bbbb:aaaa:db8:2001
            """)
    void reversesTheGroupsAndNotTheirDigits(String text, String reversed) {
        assertThat(ipv6(text).reversed()).hasToString(reversed);
    }

    @Test
    void reversingTwiceGivesTheOriginal() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            Ipv6Address address = addresses.nextIpv6();
            assertThat(address.reversed().reversed()).as("seed %d", SEED).isEqualTo(address);
        }
    }

    @Test
    void aReverseThatLooksMappedStaysIpv6() {
        IpAddress address = ipv6("7107:cb00:ffff::");
        assertThat(address.reversed()).hasToString("::ffff:cb00:7107");
        assertThat(address.reversed().version()).isEqualTo(6);
        assertThat(address.reversed().reversed()).isEqualTo(address);
    }

    /** The first case is the example of RFC 3596 section 2.5. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            4321:0:1:2:3:4:567:89ab, b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa
            2001:db8::7,             7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa
            ::,                      0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa
            """)
    void namesItsPointerRecord(String text, String arpa) {
        assertThat(ipv6(text).arpa()).isEqualTo(arpa);
    }

    @Test
    void thePointerNameIsTheHexadecimalDigitsFromTheLast() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            Ipv6Address address = addresses.nextIpv6();
            var digits = new StringBuilder(HexFormat.of().formatHex(address.bytes())).reverse();
            assertThat(address.arpa())
                    .as("seed %d", SEED)
                    .isEqualTo(digits.toString().replaceAll("[0-9a-f]", "$0.") + "ip6.arpa");
        }
    }

    @Test
    void hasSixteenBytesInNetworkOrder() {
        assertThat(ipv6("2001:db8::ff07").bytes())
                .containsExactly(0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0x07);
    }

    @Test
    void isVersionSix() {
        assertThat(ipv6("2001:db8::7").version()).isEqualTo(6);
    }

    /**
     * A simple reference implementation of RFC 5952, which tries every run of zero groups, longer runs first, then from
     * left to right.
     */
    private static String textByTryingEveryRun(Ipv6Address address) {
        String[] groups = groups(address);
        for (int length = 8; length >= 2; length--) {
            for (int start = 0; start + length <= 8; start++) {
                String[] run = Arrays.copyOfRange(groups, start, start + length);
                if (Collections.frequency(Arrays.asList(run), "0") == length) {
                    return joined(groups, 0, start) + "::" + joined(groups, start + length, 8);
                }
            }
        }
        return joined(groups, 0, 8);
    }

    private static String[] groups(Ipv6Address address) {
        var buffer = ByteBuffer.wrap(address.bytes()).asCharBuffer();
        return IntStream.range(0, 8)
                .mapToObj(i -> Integer.toHexString(buffer.get(i)))
                .toArray(String[]::new);
    }

    private static String joined(String[] groups, int from, int to) {
        return Arrays.stream(groups, from, to).collect(Collectors.joining(":"));
    }

    private static boolean looksMapped(Ipv6Address address) {
        return address.high() == 0 && address.low() >>> 32 == 0xffff;
    }

    private static IpAddress ipv6(String text) {
        return Ipv6Address.parse(text).orElseThrow();
    }
}
