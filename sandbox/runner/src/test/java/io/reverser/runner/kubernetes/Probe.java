package io.reverser.runner.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.runner.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * An HTTP probe from the specification of a container.
 *
 * @param portName {@code http} or {@code management}
 */
record Probe(String path, String portName, Duration period, Duration timeout, int failureThreshold) {

    static Probe parse(JsonNode probe) {
        return new Probe(
                probe.at("/httpGet/path").asText(),
                probe.at("/httpGet/port").asText(),
                Duration.ofSeconds(probe.path("periodSeconds").asLong()),
                Duration.ofSeconds(probe.path("timeoutSeconds").asLong()),
                probe.path("failureThreshold").asInt());
    }

    /** Sends one probe request, and returns whether it succeeded. */
    boolean succeeds(HttpClient http, Ports ports) throws InterruptedException {
        URI base = portName.equals("http") ? ports.httpAddress() : ports.managementAddress();
        var request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(timeout).build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException refusedOrLate) {
            return false;
        }
    }
}
