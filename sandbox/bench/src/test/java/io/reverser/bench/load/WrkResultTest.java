package io.reverser.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverser.bench.host.BenchException;
import org.junit.jupiter.api.Test;

class WrkResultTest {

    @Test
    void parsesTheLineThatTheScriptPrints() {
        assertThat(WrkResult.parse("""
                        Running 6s test @ http://127.0.0.1:8080/
                          1 threads and 64 connections
                          600321 requests in 6.00s, 122.50MB read
                        Requests/sec: 100053.50
                        sent=600385 answered=600321 duration_us=6000000 p50=310 p99=4200 error_responses=0 failed_connections=0
                        """))
                .isEqualTo(new WrkResult(600_385, 600_321, 6_000_000, 310, 4_200, 0, 0))
                .returns(100_053.5, WrkResult::perSecond)
                .returns(true, WrkResult::isClean);
    }

    @Test
    void isNotCleanWhenARequestFailed() {
        assertThat(new WrkResult(64, 64, 1, 1, 1, 1, 0).isClean()).isFalse();
        assertThat(new WrkResult(64, 63, 1, 1, 1, 0, 1).isClean()).isFalse();
    }

    @Test
    void rejectsOutputWithoutAResult() {
        assertThatThrownBy(() -> WrkResult.parse("unable to connect to 127.0.0.1:8080 Connection refused\n"))
                .isInstanceOf(BenchException.class)
                .hasMessage("wrk printed no result: unable to connect to 127.0.0.1:8080 Connection refused");
    }
}
