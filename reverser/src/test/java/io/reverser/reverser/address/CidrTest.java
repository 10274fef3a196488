package io.reverser.reverser.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    private static final long SEED = 4632;
    private static final int CASES = 20_000;

    @ParameterizedTest
    @CsvSource(textBlock = """
            0.0.0.0/0,           0.0.0.0,        255.255.255.255
            128.0.0.0/1,         128.0.0.0,      255.255.255.255
            10.0.0.0/8,          10.0.0.0,       10.255.255.255
            172.16.0.0/12,       172.16.0.0,     172.31.255.255
            203.0.113.128/25,    203.0.113.128,  203.0.113.255
            203.0.113.6/31,      203.0.113.6,    203.0.113.7
            203.0.113.7/32,      203.0.113.7,    203.0.113.7
            ::/0,                ::,             ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            8000::/1,            8000::,         ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            fc00::/7,            fc00::,         fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            2001:db8::/63,       2001:db8::,     2001:db8:0:1:ffff:ffff:ffff:ffff
            2001:db8::/64,       2001:db8::,     2001:db8::ffff:ffff:ffff:ffff
            2001:db8::/65,       2001:db8::,     2001:db8::7fff:ffff:ffff:ffff
            2001:db8::6/127,     2001:db8::6,    2001:db8::7
            2001:db8::7/128,     2001:db8::7,    2001:db8::7
            """)
    void containsItsFirstAndItsLastAddress(String range, String first, String last) {
        assertThat(Cidr.of(range).contains(address(first))).isTrue();
        assertThat(Cidr.of(range).contains(address(last))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            128.0.0.0/1,         127.255.255.255
            10.0.0.0/8,          9.255.255.255
            10.0.0.0/8,          11.0.0.0
            10.0.0.0/8,          110.0.0.0
            10.0.0.0/8,          1.10.0.1
            172.16.0.0/12,       172.15.255.255
            172.16.0.0/12,       172.32.0.0
            203.0.113.7/32,      203.0.113.6
            203.0.113.7/32,      203.0.113.8
            fc00::/7,            fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            fc00::/7,            fe00::
            2001:db8::/64,       2001:db8:0:1::
            2001:db8::/65,       2001:db8::8000:0:0:0
            2001:db8::7/128,     2001:db8::6
            2001:db8::7/128,     2001:db8::8
            """)
    void endsAtItsEdges(String range, String outside) {
        assertThat(Cidr.of(range).contains(address(outside))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0.0.0.0/0,           ::
            0.0.0.0/0,           ::1
            ::/0,                0.0.0.0
            ::/0,                203.0.113.7
            """)
    void containsOnlyAddressesOfItsVersion(String range, String address) {
        assertThat(Cidr.of(range).contains(address(address))).isFalse();
    }

    @Test
    void anIpv4RangeContainsMappedAddresses() {
        assertThat(Cidr.of("10.0.0.0/8").contains(address("::ffff:10.1.2.3"))).isTrue();
    }

    @Test
    void containsExactlyTheAddressesThatShareTheLeadingBits() {
        var random = new SplittableRandom(SEED);
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            IpAddress address = addresses.next();
            int width = 8 * address.bytes().length;
            int flipped = random.nextInt(width);
            int free = random.nextInt(width + 1);
            var first = value(address).shiftRight(free).shiftLeft(free);
            var range = new Cidr(address(first, width), width - free);
            assertThat(range.contains(address(value(address).flipBit(flipped), width)))
                    .as("seed %d: %s and %s with bit %d flipped", SEED, range, address, flipped)
                    .isEqualTo(flipped < free);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/16", "0.0.0.0/0", "203.0.113.7/32", "fd00::/8", "::/0", "::1/128"})
    void printsTheParsedText(String text) {
        assertThat(Cidr.of(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10.0.0.1/8,          10.0.0.0/8
            10.1.2.3/16,         10.1.0.0/16
            10.0.0.0/4,          0.0.0.0/4
            203.0.113.7/31,      203.0.113.6/31
            203.0.113.7/0,       0.0.0.0/0
            fd00::1/8,           fd00::/8
            2001:db8::7/32,      2001:db8::/32
            2001:db8::7/127,     2001:db8::6/127
            ::1/0,               ::/0
            """)
    void suggestsTheRangeThatStartsAtTheBoundary(String text, String meant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.of(text))
                .withMessage("%s does not start at a boundary; did you mean %s?", text, meant);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10.0.0.0/33,  'The prefix length of an IPv4 range is 0 to 32, not 33'
            10.0.0.0/999, 'The prefix length of an IPv4 range is 0 to 32, not 999'
            fd00::/129,   'The prefix length of an IPv6 range is 0 to 128, not 129'
            """)
    void namesTheMaximumPrefixLength(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cidr.of(text)).withMessage(message);
    }

    @Test
    void rejectsANegativePrefixLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cidr(address("10.0.0.0"), -1))
                .withMessage("The prefix length of an IPv4 range is 0 to 32, not -1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/1000",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/eight",
                "10.0.0.0/\u0668",
                "10.0.0/8",
                "010.0.0.0/8",
                "10.*.*.*",
                "vpc",
                "localhost/8",
                "fd00:/8",
            })
    void showsHowARangeIsWritten(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.of(text))
                .withMessage("'%s' is not an address range; write it like 10.0.0.0/16 or fd00::/8", text);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static BigInteger value(IpAddress address) {
        return new BigInteger(1, address.bytes());
    }

    private static IpAddress address(BigInteger value, int width) {
        return width == 32
                ? new Ipv4Address(value.intValue())
                : new Ipv6Address(value.shiftRight(64).longValue(), value.longValue());
    }
}
