package io.reverser.runner.process;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A caller of a running reverser. The caller can claim any address, because the reverser trusts this machine as a
 * proxy.
 */
record ReverserClient(HttpClient http, Ports ports) {

    static ReverserClient of(RunningReverser reverser) {
        return new ReverserClient(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), reverser.ports());
    }

    HttpResponse<String> get(String caller, String accept) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(ports.httpAddress())
                .header("X-Forwarded-For", caller)
                .header("Accept", accept));
    }

    JsonObject json(String caller) throws IOException, InterruptedException {
        return JsonParser.parseString(get(caller, "application/json").body()).getAsJsonObject();
    }

    /** The part of the readiness report that is about the database. */
    JsonObject database() throws IOException, InterruptedException {
        JsonObject report =
                JsonParser.parseString(management("/q/health/ready").body()).getAsJsonObject();
        for (var check : report.getAsJsonArray("checks")) {
            if (check.getAsJsonObject().get("name").getAsString().equals("database")) {
                return check.getAsJsonObject();
            }
        }
        throw new AssertionError("No database in " + report);
    }

    HttpResponse<String> management(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(ports.managementAddress() + path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }
}
