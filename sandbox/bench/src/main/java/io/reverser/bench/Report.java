package io.reverser.bench;

import java.util.Arrays;
import java.util.List;

/** A run in words and tables. */
record Report(Results results, Machine machine, Tools tools) {

    String markdown() {
        return """
                %s
                Ratios are from this one run, on this one machine.

                %s
                %s
                """.formatted(servers().markdown(), targets().markdown(), machine.sentence(tools.versions()));
    }

    private Table servers() {
        return new Table(
                List.of("Server", "Requests/s", "CPU µs/request", "p50 ms", "p99 ms", "Memory MB", "First 200 ms"),
                Arrays.stream(Contestant.values()).map(this::server).toList());
    }

    private List<String> server(Contestant who) {
        Figures figures = results.of(who);
        Round load = figures.load();
        return List.of(
                who.title,
                Table.number(load.perSecond()),
                Table.number(load.cpu()),
                Table.number(load.p50()),
                Table.number(load.p99()),
                Table.number(load.memory()),
                Table.number(figures.startUp()));
    }

    private Table targets() {
        return new Table(
                List.of("Promise", "Limit", "Measured", ""),
                Target.of(results).stream()
                        .map(target -> List.of(target.promise(), target.limit(), target.measured(), target.verdict()))
                        .toList());
    }
}
