package io.reverser.reverser.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.reverser.reverser.EmbeddedDatabaseResource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class VisitCountingTest {

    /** The test spans several flushes, so that visits are in memory, in flight and stored. */
    @Test
    void countsEveryVisitOnceWhileItMovesToTheDatabase() {
        for (int visit = 1; visit <= 300; visit++) {
            assertThat(visitsOf("2001:db8::1").getLong("visits.count")).isEqualTo(visit);
        }
    }

    @Test
    void countsEachCallerSeparately() {
        visitsOf("2001:db8::2");
        assertThat(visitsOf("2001:db8::3").getLong("visits.count")).isEqualTo(1);
    }

    @Test
    void countsEveryMediaType() {
        for (String path : new String[] {"/", "/ip", "/reversed"}) {
            given().header("X-Forwarded-For", "2001:db8::4")
                    .when()
                    .get(path)
                    .then()
                    .statusCode(200);
        }
        assertThat(visitsOf("2001:db8::4").getLong("visits.count")).isEqualTo(4);
    }

    @Test
    void returnsFirstAndLastVisit() {
        Instant before = Instant.now().minusMillis(1);
        visitsOf("2001:db8::5");
        JsonPath second = visitsOf("2001:db8::5");
        Instant first = Instant.parse(second.getString("visits.first_seen"));
        Instant last = Instant.parse(second.getString("visits.last_seen"));
        assertThat(first).isAfter(before).isBeforeOrEqualTo(last);
        assertThat(last).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void totalsContainNoAddress() {
        visitsOf("2001:db8::6");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> when().get("/stats")
                        .then()
                        .statusCode(200)
                        .body("addresses", greaterThanOrEqualTo(1))
                        .body("visits", greaterThanOrEqualTo(1))
                        .body("keySet().sort().toString()", is("[addresses, since, visits]")));
    }

    private static JsonPath visitsOf(String caller) {
        return given().header("X-Forwarded-For", caller)
                .accept(ContentType.JSON)
                .when()
                .get("/")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
