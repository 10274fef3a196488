package io.reverser.reverser.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.reverser.reverser.EmbeddedDatabaseResource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class VisitsResourceTest {

    @Test
    void aCallerDeletesTheVisitsOfItsAddress() {
        String caller = "203.0.113.31";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> visit(caller).body("visits.count", not(nullValue())));
        visit("203.0.113.32");
        for (int round = 0; round < 20; round++) {
            given().header("X-Forwarded-For", caller)
                    .when()
                    .delete("/visits")
                    .then()
                    .statusCode(204)
                    .body(emptyString());
            visit(caller).body("visits.count", is(1));
        }
        assertThat(visit("203.0.113.32").extract().jsonPath().getLong("visits.count"))
                .isEqualTo(2);
    }

    @Test
    void scriptsOfOtherOriginsCannotDelete() {
        given().header("Origin", "https://other.example")
                .header("Access-Control-Request-Method", "DELETE")
                .when()
                .options("/visits")
                .then()
                .header("Access-Control-Allow-Methods", "GET, HEAD");
    }

    @Test
    void listsTheAllowedMethods() {
        when().get("/visits").then().statusCode(405).header("Allow", "DELETE, OPTIONS");
    }

    @Test
    void saysThatItCountsTheNetwork() {
        for (int host = 1; host <= 300; host++) {
            given().header("X-Forwarded-For", "2001:db8:0:77::" + Integer.toHexString(host))
                    .when()
                    .get("/ip")
                    .then()
                    .statusCode(200);
        }
        visit("2001:db8:0:77::1").body("visits.count", is(2)).body("visits.network", nullValue());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> visit("2001:db8:0:77::ffff")
                        .body("visits.network", is("2001:db8:0:77::/64"))
                        .body("visits.count", greaterThan(300 - 256)));
        given().header("X-Forwarded-For", "2001:db8:0:77::fffe")
                .accept("text/html")
                .when()
                .get("/")
                .then()
                .body(containsString("Visits of your network"));
    }

    @Test
    void thePageSaysWhatIsStoredAndHowToDeleteIt() {
        given().accept("text/html")
                .when()
                .get("/")
                .then()
                .body(containsString("It deletes them 90 days after your last visit"))
                .body(containsString("curl -X DELETE localhost:"));
    }

    private static ValidatableResponse visit(String caller) {
        return given().header("X-Forwarded-For", caller)
                .accept("application/json")
                .when()
                .get("/")
                .then()
                .statusCode(200);
    }
}
