package io.reverser.simulators.aws.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.endpoint.SdkClients;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;

/** Tests concurrent calls to Secrets Manager: each read must return a consistent state. */
class SecretsManagerConcurrencyTest {

    private static final int MANY = 200;

    private final AwsEndpoint aws = AwsEndpoint.start();
    private final SecretsManagerClient secrets = SdkClients.client(SecretsManagerClient.builder(), aws);

    @AfterEach
    void close() {
        secrets.close();
        aws.close();
    }

    @Test
    void hasOneCurrentVersionAtEveryMoment() throws Exception {
        aws.secretsManager().putSecret("app", "value");
        Callable<Map<String, List<String>>> put = () -> {
            secrets.putSecretValue(request -> request.secretId("app").secretString("another"));
            return versions();
        };
        assertThat(together(put, this::versions)).allSatisfy(versions -> {
            List<String> labels =
                    versions.values().stream().flatMap(List::stream).toList();
            assertThat(labels).contains("AWSCURRENT").doesNotHaveDuplicates();
            assertThat(versions.values()).doesNotContain(List.of("AWSCURRENT", "AWSPREVIOUS"));
        });
        assertThat(
                        secrets
                                .listSecretVersionIdsPaginator(
                                        request -> request.secretId("app").includeDeprecated(true))
                                .stream()
                                .flatMap(page -> page.versions().stream()))
                .hasSize(MANY + 1);
    }

    @Test
    void createsASecretOnlyOnceInConcurrentCalls() throws Exception {
        Callable<Boolean> create = () -> {
            try {
                secrets.createSecret(request -> request.name("app").secretString("mine"));
                return true;
            } catch (ResourceExistsException tooLate) {
                return false;
            }
        };
        assertThat(together(create, create)).containsOnlyOnce(true);
    }

    @Test
    void rotatesDuringReads() throws Exception {
        aws.secretsManager().putSecret("app", "value");
        aws.secretsManager().rotations().setInvoker(new ScriptedRotationFunction(secrets));
        secrets.rotateSecret(request -> request.secretId("app").rotationLambdaARN(ScriptedRotationFunction.ARN));
        Callable<Map<String, List<String>>> run = () -> {
            aws.secretsManager().rotations().runDue();
            return versions();
        };
        assertThat(together(run, this::versions))
                .allSatisfy(versions -> assertThat(versions.values())
                        .anySatisfy(labels -> assertThat(labels).contains("AWSCURRENT")));
        assertThat(aws.secretsManager().rotations().events())
                .extracting(RotationEvent::name)
                .containsExactly("RotationStarted", "RotationSucceeded");
    }

    private Map<String, List<String>> versions() {
        return secrets.describeSecret(request -> request.secretId("app")).versionIdsToStages();
    }

    private static <T> Collection<T> together(Callable<T> one, Callable<T> other) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<T>> futures = threads.invokeAll(IntStream.range(0, MANY)
                    .boxed()
                    .flatMap(i -> Stream.of(one, other))
                    .toList());
            return futures.stream().map(Future::resultNow).toList();
        }
    }
}
