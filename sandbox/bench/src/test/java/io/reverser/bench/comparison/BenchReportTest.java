package io.reverser.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchReportTest {

    @Test
    void rendersTablesForTextAndMarkdown() {
        assertThat(new BenchReport(SampleResults.results(5.5, 98_000), SampleResults.MACHINE, SampleResults.VERSIONS)
                        .markdown())
                .isEqualTo("""
                | Server                     | Requests/s | CPU µs/request | p50 ms | p99 ms | Memory MB | First 200 ms |
                |----------------------------|-----------:|---------------:|-------:|-------:|----------:|-------------:|
                | Reverser                   |     98,000 |           10.2 |   0.40 |   4.10 |       187 |          480 |
                | Reverser, small setting    |     88,000 |           11.5 |   0.50 |   5.00 |       132 |          490 |
                | Reverser as plain fast-jar |     91,000 |           10.9 |   0.40 |   6.20 |       312 |        1,100 |
                | Raw Vert.x handler         |    160,000 |           5.50 |   0.34 |   1.00 |       120 |          450 |
                | Go net/http server         |     99,000 |           17.2 |   0.60 |   7.00 |      14.0 |         20.0 |
                | Flask + gunicorn           |        140 |          9,800 |    440 |  1,020 |      75.0 |          520 |

                | At 10,000 requests/s | p50 ms | p99 ms | p99.9 ms |
                |----------------------|-------:|-------:|---------:|
                | Reverser             |   0.15 |   0.51 |     4.26 |
                | Raw Vert.x handler   |   0.12 |   0.31 |     1.95 |
                | Go net/http server   |   0.16 |   0.62 |     1.25 |

                Ratios are from this one run, on this one machine.

                | Objective                                               |  Limit |  Measured |        |
                |---------------------------------------------------------|-------:|----------:|-------:|
                | Requests/s ÷ raw Vert.x handler's                       | ≥ 0.60 |      0.61 |    met |
                | Requests/s ÷ Flask app's                                |  ≥ 500 |       700 |    met |
                | CPU per request ÷ raw Vert.x handler's                  | ≤ 1.90 |      1.85 |    met |
                | CPU per request ÷ raw Vert.x handler's, best of 3 pairs | ≤ 1.90 |      1.79 |    met |
                | CPU per request ÷ raw Vert.x handler's, aim             | ≤ 1.40 |      1.85 | missed |
                | CPU per request, µs                                     | ≤ 11.0 |      10.2 |    met |
                | Requests per CPU second ÷ Go server's                   | ≥ 1.60 |      1.69 |    met |
                | p50 at 10,000 requests/s, ms                            | ≤ 0.50 |      0.15 |    met |
                | p99 at 10,000 requests/s, ms                            | ≤ 5.00 |      0.51 |    met |
                | p99.9 at 10,000 requests/s, ms                          | ≤ 20.0 |      4.26 |    met |
                | Memory under load, MB                                   |  ≤ 195 |       187 |    met |
                | Memory under load, small setting, MB                    |  ≤ 132 |       132 |    met |
                | Requests/s, small setting ÷ normal setting              | ≥ 0.65 |      0.90 |    met |
                | Start to first 200 ÷ plain fast-jar's                   | ≤ 0.45 |      0.44 |    met |
                | Visits found in the database                            |    all | 1,234,567 |    met |

                Measured on 2026-05-17 with 2 cores of some processor, Linux 6.1 amd64, JDK 25; go1.26; Python 3.11, Flask 2.2; other processes used 1 % of the CPU time at the start.
                """);
    }
}
