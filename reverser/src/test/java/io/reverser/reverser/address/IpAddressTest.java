package io.reverser.reverser.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpAddressTest {

    private static final long SEED = 4291;
    private static final int CASES = 20_000;

    @ParameterizedTest
    @CsvSource(textBlock = """
            ::ffff:203.0.113.7
            ::FFFF:203.0.113.7
            ::ffff:cb00:7107
            0:0:0:0:0:ffff:203.0.113.7
            0000:0000:0000:0000:0000:ffff:cb00:7107
            [::ffff:203.0.113.7]
            [::ffff:203.0.113.7]:443
            ::ffff:203.0.113.7%eth0
            """)
    void anIpv4MappedAddressIsTheIpv4Address(String mapped) {
        assertThat(IpAddress.parse(mapped)).hasValue(new Ipv4Address(0xcb007107));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            ::203.0.113.7,         ::cb00:7107
            ::ffff:0:203.0.113.7,  ::ffff:0:cb00:7107
            64:ff9b::203.0.113.7,  64:ff9b::cb00:7107
            ::fffe:203.0.113.7,    ::fffe:cb00:7107
            """)
    void everyOtherAddressThatEmbedsIpv4StaysIpv6(String text, String canonical) {
        assertThat(IpAddress.parse(text)).map(IpAddress::toString).hasValue(canonical);
    }

    @Test
    void sortsIpv4FirstThenByUnsignedValue() {
        List<String> sorted = Stream.of(
                        "ffff::",
                        "::",
                        "255.0.0.0",
                        "127.255.255.255",
                        "0.0.0.0",
                        "8000::",
                        "::8000:0:0:0",
                        "128.0.0.0",
                        "::1")
                .map(text -> IpAddress.parse(text).orElseThrow())
                .sorted()
                .map(IpAddress::toString)
                .toList();
        assertThat(sorted)
                .containsExactly(
                        "0.0.0.0",
                        "127.255.255.255",
                        "128.0.0.0",
                        "255.0.0.0",
                        "::",
                        "::1",
                        "::8000:0:0:0",
                        "8000::",
                        "ffff::");
    }

    /** Byte arrays have a total order, so addresses have a total order too if both orders agree. */
    @Test
    void sortsAsTheBytesDo() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            IpAddress one = addresses.next();
            IpAddress other = addresses.next();
            int expected = one.version() == other.version()
                    ? Arrays.compareUnsigned(one.bytes(), other.bytes())
                    : one.version() - other.version();
            assertThat(Integer.signum(one.compareTo(other)))
                    .as("seed %d: %s and %s", SEED, one, other)
                    .isEqualTo(Integer.signum(expected));
        }
    }

    @Test
    void addressesAreEqualExactlyWhenNoneComesFirst() {
        var addresses = new RandomAddresses(SEED);
        for (int i = 0; i < CASES; i++) {
            IpAddress one = addresses.next();
            IpAddress other = addresses.next();
            assertThat(one.compareTo(other) == 0)
                    .as("seed %d: %s and %s", SEED, one, other)
                    .isEqualTo(one.equals(other));
            assertThat(one.compareTo(one.reversed().reversed()))
                    .as("seed %d", SEED)
                    .isZero();
        }
    }
}
