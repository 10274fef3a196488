package io.reverser.reverser.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.reverser.reverser.EmbeddedDatabaseResource;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The management endpoints, on a separate port. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ManagementEndpointsTest {

    @TestHTTPResource(management = true)
    URI management;

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void isUp(String probe) {
        when().get(management.resolve("/q/health/" + probe))
                .then()
                .statusCode(200)
                .body("status", is("UP"));
    }

    @Test
    void reportsTheDatabaseWithItsReadiness() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> when().get(management.resolve("/q/health/ready"))
                        .then()
                        .body("checks.find { it.name == 'database' }.status", is("UP"))
                        .body("checks.find { it.name == 'database' }.data.state", is("available")));
    }

    @Test
    void measuresTheBacklogWithoutNamingCallers() {
        given().header("X-Forwarded-For", "203.0.113.99").when().get("/").then().statusCode(200);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> when().get(management.resolve("/q/metrics"))
                        .then()
                        .body(matchesPattern("(?s).*\nreverser_visits_stored_total [1-9].*"))
                        .body(containsString("\nreverser_visits_unsaved_limit_addresses 100000.0"))
                        .body(containsString("\nreverser_visits_dropped_total 0.0"))
                        .body(containsString("\nreverser_database_up 1.0"))
                        .body(containsString("http_server_requests_seconds_count"))
                        .body(not(containsString("203.0.113.99"))));
    }

    @Test
    void servesNoManagementEndpointOnThePublicPort() {
        when().get("/q/metrics").then().statusCode(404);
        when().get("/q/health").then().statusCode(404);
    }
}
