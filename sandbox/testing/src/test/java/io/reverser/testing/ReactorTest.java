package io.reverser.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReactorTest {

    @TempDir
    private Path folder;

    private Reactor reactor;

    @BeforeEach
    void readReactor() throws IOException {
        reactor = SampleRepository.in(folder).reactor();
    }

    @Test
    void ordersModulesAfterTheirDependencies() {
        assertThat(reactor.modules())
                .extracting(ReactorModule::folder)
                .containsExactly("base/lib", "web", "tests", "alone");
    }

    @Test
    void findsModulesByFolderAndArtifact() {
        var lib = reactor.modules().getFirst();

        assertThat(List.of("base/lib", "./base/lib/", "base-lib", ":base-lib"))
                .allSatisfy(word -> assertThat(reactor.find(word)).contains(lib));
        assertThat(reactor.find("lib")).isEmpty();
    }

    @Test
    void findsDependenciesAndDependents() {
        var web = reactor.find("web").stream().toList();

        assertThat(reactor.withUpstream(web)).extracting(ReactorModule::folder).containsExactly("base/lib", "web");
        assertThat(reactor.withDownstream(web))
                .extracting(ReactorModule::folder)
                .containsExactly("web", "tests");
    }

    /**
     * The option {@code -rf} selects modules by the order in {@link Reactor}, which must therefore equal Maven's order.
     */
    @Test
    void ordersThisRepositoryLikeMaven() {
        var modules = Reactor.read(Path.of("..", "..")).modules();

        assertThat(modules)
                .extracting(ReactorModule::folder)
                .containsSubsequence(
                        "lambdas/config-reader",
                        "lambdas/aws-json-client",
                        "sandbox/clock",
                        "sandbox/simulators",
                        "lambdas/aws-sdk",
                        "lambdas/slack",
                        "lambdas/rotation/plan",
                        "lambdas/rotation/rotator",
                        "reverser",
                        "lambdas/alarms/notifier",
                        "lambdas/access/policy",
                        "lambdas/access/command",
                        "sandbox/runner",
                        "cdk",
                        "sandbox/bench");
    }
}
