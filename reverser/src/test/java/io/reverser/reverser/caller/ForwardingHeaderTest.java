package io.reverser.reverser.caller;

import static io.reverser.reverser.caller.ForwardingHeader.FORWARDED;
import static io.reverser.reverser.caller.ForwardingHeader.X_FORWARDED_FOR;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingHeaderTest {

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "[2001:db8::7]:443", "unknown", "for=203.0.113.7"})
    void anElementOfXForwardedForIsTheNode(String element) {
        assertThat(X_FORWARDED_FOR.node(element)).hasValue(element);
    }

    /** The first three cases are the examples of RFC 7239 section 4. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            for="_gazonk"                                     | "_gazonk"
            For="[2001:db8:cafe::17]:4711"                    | "[2001:db8:cafe::17]:4711"
            for=192.0.2.60;proto=http;by=203.0.113.43         | 192.0.2.60
            for=unknown                                       | unknown
            for="192.0.2.43:47011"                            | "192.0.2.43:47011"
            proto=https;for=192.0.2.60                        | 192.0.2.60
            proto=https; FOR=192.0.2.60 ;by=203.0.113.43      | 192.0.2.60
            by=203.0.113.43;host=example.org;for=192.0.2.60   | 192.0.2.60
            for=                                              | ''
            host="a;for=6.6.6.6;b";for=192.0.2.60             | 192.0.2.60
            host="a\\";for=6.6.6.6;\\"b";for=192.0.2.60         | 192.0.2.60
            host="a\\\\";for=192.0.2.60                         | 192.0.2.60
            """)
    void theNodeOfForwardedIsItsForParameter(String element, String node) {
        assertThat(FORWARDED.node(element)).hasValue(node);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7",
                "by=203.0.113.7",
                "proto=http",
                "x-for=203.0.113.7",
                "for",
                "for =203.0.113.7",
                ";",
                "="
            })
    void anElementOfForwardedMayHaveNoNode(String element) {
        assertThat(FORWARDED.node(element)).isEmpty();
    }

    @Test
    void headersHaveTheNamesThatProxiesSend() {
        assertThat(X_FORWARDED_FOR.headerName()).isEqualTo("X-Forwarded-For");
        assertThat(FORWARDED.headerName()).isEqualTo("Forwarded");
    }
}
