package io.reverser.simulators.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpApiTest {

    /** Because there is a response, a caller can distinguish a failed function from a lost connection. */
    @Test
    void respondsWith500WhenTheFunctionFails(@TempDir Path folder) throws IOException, InterruptedException {
        var nothing = new FunctionPackage(
                "nothing", Files.createDirectory(folder.resolve("code")), "nowhere.Nothing::handleRequest");
        try (var function = LambdaFunction.of(nothing, Map.of());
                var api = HttpApi.start(function);
                var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(api.uri())
                    .POST(BodyPublishers.ofString("text"))
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(500);
        }
    }
}
