package io.reverser.reverser.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ranges of the IANA special-purpose address registries, each by its first and its last address. */
class ScopeTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            LOOPBACK,      127.0.0.0,        127.255.255.255
            PRIVATE,       10.0.0.0,         10.255.255.255
            PRIVATE,       172.16.0.0,       172.31.255.255
            PRIVATE,       192.168.0.0,      192.168.255.255
            SHARED,        100.64.0.0,       100.127.255.255
            LINK_LOCAL,    169.254.0.0,      169.254.255.255
            DOCUMENTATION, 192.0.2.0,        192.0.2.255
            DOCUMENTATION, 198.51.100.0,     198.51.100.255
            DOCUMENTATION, 203.0.113.0,      203.0.113.255
            MULTICAST,     224.0.0.0,        239.255.255.255
            RESERVED,      0.0.0.0,          0.255.255.255
            RESERVED,      192.0.0.0,        192.0.0.255
            RESERVED,      198.18.0.0,       198.19.255.255
            RESERVED,      240.0.0.0,        255.255.255.255
            """)
    void knowsTheIpv4Ranges(Scope scope, String first, String last) {
        assertThat(scopeOf(first)).isEqualTo(scope);
        assertThat(scopeOf(last)).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            RESERVED,      ::,               ::
            RESERVED,      64:ff9b:1::,      64:ff9b:1:ffff:ffff:ffff:ffff:ffff
            RESERVED,      100::,            100::1:ffff:ffff:ffff:ffff
            RESERVED,      2001:2::,         2001:2:0:ffff:ffff:ffff:ffff:ffff
            RESERVED,      5f00::,           5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            LOOPBACK,      ::1,              ::1
            PRIVATE,       fc00::,           fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            LINK_LOCAL,    fe80::,           febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            DOCUMENTATION, 2001:db8::,       2001:db8:ffff:ffff:ffff:ffff:ffff:ffff
            DOCUMENTATION, 3fff::,           3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff
            MULTICAST,     ff00::,           ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            """)
    void knowsTheIpv6Ranges(Scope scope, String first, String last) {
        assertThat(scopeOf(first)).isEqualTo(scope);
        assertThat(scopeOf(last)).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1.0.0.0
            9.255.255.255
            11.0.0.0
            100.63.255.255
            100.128.0.0
            110.0.10.0
            126.255.255.255
            128.0.0.0
            169.253.255.255
            169.255.0.0
            172.15.255.255
            172.32.0.0
            191.255.255.255
            192.0.1.0
            192.0.1.255
            192.0.3.0
            192.167.255.255
            192.169.0.0
            198.17.255.255
            198.20.0.0
            198.51.99.255
            198.51.101.0
            203.0.112.255
            203.0.114.0
            223.255.255.255
            """)
    void theNeighboursOfIpv4RangesArePublic(String address) {
        assertThat(scopeOf(address)).isEqualTo(Scope.PUBLIC);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2001:db7:ffff:ffff:ffff:ffff:ffff:ffff
            2001:db9::
            3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            2606:4700:4700::1111
            2001:4860:4860::8888
            2620:4f:8000::1
            64:ff9b::203.0.113.7
            """)
    void globalUnicastAndTranslatedIpv6AddressesArePublic(String address) {
        assertThat(scopeOf(address)).isEqualTo(Scope.PUBLIC);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            RESERVED,      ::1
            LOOPBACK,      ::2
            DOCUMENTATION, 3fff:1000::
            PRIVATE,       fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            PRIVATE,       fe00::
            LINK_LOCAL,    fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            LINK_LOCAL,    fec0::
            MULTICAST,     feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            """)
    void ipv6RangesEndAtTheirEdges(Scope scope, String outside) {
        assertThat(scopeOf(outside)).isNotEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PRIVATE,       ::ffff:10.1.2.3
            LOOPBACK,      ::ffff:127.0.0.1
            PUBLIC,        ::ffff:8.8.8.8
            """)
    void aMappedAddressHasTheScopeOfItsIpv4Address(Scope scope, String mapped) {
        assertThat(scopeOf(mapped)).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            LINK_LOCAL,    link_local
            PUBLIC,        public
            """)
    void printsInLowerCase(Scope scope, String text) {
        assertThat(scope).hasToString(text);
    }

    private static Scope scopeOf(String address) {
        return Scope.of(IpAddress.parse(address).orElseThrow());
    }
}
