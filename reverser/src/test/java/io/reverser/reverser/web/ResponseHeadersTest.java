package io.reverser.reverser.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.reverser.reverser.EmbeddedDatabaseResource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ResponseHeadersTest {

    @TestHTTPResource
    URI address;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ip", "/reversed", "/json", "/stats", "/nowhere", "/assets/page.css", "/q/openapi"})
    void everyResponseHasADate(String path) {
        String date = when().get(path).header("Date");
        assertThat(date).matches("[A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ip", "/reversed", "/json", "/stats", "/nowhere", "/assets/page.css", "/q/openapi"})
    void noResponseHasAHeaderTwice(String path) {
        assertThat(when().get(path).headers().asList().stream()
                        .map(header -> header.getName().toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ip", "/nowhere"})
    void requiresTlsOnlyInResponsesThatAreSentOverTls(String path) {
        given().header("X-Forwarded-Proto", "https")
                .when()
                .get(path)
                .then()
                .header("Strict-Transport-Security", "max-age=31536000");
        given().header("X-Forwarded-Proto", "http")
                .when()
                .get(path)
                .then()
                .header("Strict-Transport-Security", nullValue());
        when().get(path).then().header("Strict-Transport-Security", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ip", "/reversed", "/json", "/stats"})
    void aPreflightRequestAllowsReading(String path) {
        given().header("Origin", "https://other.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "x-requested-with")
                .when()
                .options(path)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET, HEAD")
                .header("Access-Control-Allow-Headers", "*")
                .header("Access-Control-Max-Age", "86400");
    }

    /** A script of another origin must not learn when the caller, or another user of its address, was here. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/json"})
    void otherOriginsSeeTheAddressWithoutVisits(String path) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().header("X-Forwarded-For", "203.0.113.21")
                        .accept("application/json")
                        .when()
                        .get(path)
                        .then()
                        .body("visits", notNullValue()));
        for (String origin : List.of("https://other.example", "null")) {
            given().header("X-Forwarded-For", "203.0.113.21")
                    .header("Origin", origin)
                    .accept("application/json")
                    .when()
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", "*")
                    .header("Vary", "Accept, Origin")
                    .body("ip", equalTo("203.0.113.21"))
                    .body("visits", nullValue());
        }
    }

    @Test
    void otherOriginsCannotReadThePage() {
        given().header("Origin", "https://other.example")
                .accept("text/html")
                .when()
                .get("/")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void noCacheStoresThatAnAssetIsMissing() {
        when().get("/assets/nothing.css").then().statusCode(404).header("Cache-Control", "no-store");
        when().get("/assets/page.css").then().statusCode(200).header("Cache-Control", "max-age=3600");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Host: a b\r\n", "Host: \"><x>\r\n", "Host: a:b:c\r\n", "Host: a:99999\r\n", "Host: /\r\n", ""})
    void rejectsAnInvalidHostWithItsOwnMessage(String host) throws IOException {
        var errors = new ArrayList<String>();
        Handler handler = errorHandler(errors);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            assertThat(new RawHttp(address).exchange("GET /json HTTP/1.1\r\n" + host + "\r\n"))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains(
                            "\r\nCache-Control: no-store\r\n", "\r\nDate: ", "\r\nX-Content-Type-Options: nosniff\r\n")
                    .endsWith("\r\n\r\nThe request has no valid Host header.\n");
        } finally {
            root.removeHandler(handler);
        }
        assertThat(errors).isEmpty();
    }

    private static Handler errorHandler(List<String> errors) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
                    errors.add(entry.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
