package io.reverser.reverser.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.reverser.reverser.EmbeddedDatabaseResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class ContentNegotiationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    */*                                                             | text/plain
                    text/plain                                                      | text/plain
                    text/*                                                          | text/plain
                    application/json                                                | application/json
                    application/*                                                   | application/json
                    text/html                                                       | text/html
                    text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | text/html
                    application/json;q=0.5,text/html;q=0.4                          | application/json
                    application/json;q=0.4,text/html;q=0.5                          | text/html
                    image/png,application/json;q=0.1                                | application/json
                    """)
    void answersInTheFormThatIsAsked(String accept, String type) {
        given().header("Accept", accept).when().get("/").then().statusCode(200).contentType(startsWith(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1",
                "curl/8.14.1",
                "ddclient/4.0.0"
            })
    void ignoresTheUserAgent(String userAgent) {
        given().header("User-Agent", userAgent)
                .header("Accept", "*/*")
                .when()
                .get("/")
                .then()
                .contentType(startsWith("text/plain"));
    }

    @Test
    void printsTwoPlainLines() {
        given().header("X-Forwarded-For", "203.0.113.7")
                .when()
                .get("/")
                .then()
                .body(equalTo("203.0.113.7\n7.113.0.203\n"));
    }

    @Test
    void printsOneLineForIpAndReversed() {
        given().header("X-Forwarded-For", "2001:db8::7")
                .when()
                .get("/ip")
                .then()
                .body(equalTo("2001:db8::7\n"));
        given().header("X-Forwarded-For", "2001:db8::7")
                .when()
                .get("/reversed")
                .then()
                .body(equalTo("7::db8:2001\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/json"})
    void returnsAllFieldsAsJson(String path) {
        given().header("X-Forwarded-For", "2001:db8::7")
                .accept(ContentType.JSON)
                .when()
                .get(path)
                .then()
                .body("ip", is("2001:db8::7"))
                .body("reversed", is("7::db8:2001"))
                .body("version", is(6))
                .body("scope", is("documentation"))
                .body("arpa", is("7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"));
    }

    @Test
    void listsTheMediaTypesWhenNoneIsAcceptable() {
        given().header("Accept", "image/png")
                .when()
                .get("/")
                .then()
                .statusCode(406)
                .header("Vary", "Accept")
                .body(containsString("text/plain, application/json and text/html"));
    }

    @Test
    void rejectsAnInvalidAcceptHeader() {
        given().header("Accept", "nonsense")
                .when()
                .get("/")
                .then()
                .statusCode(400)
                .body(containsString("malformed"));
    }

    /**
     * The framework parses {@code Content-Type} even without a body, and would respond with 500 if the header is
     * invalid.
     */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense", ";q=1", "/"})
    void rejectsAnInvalidContentType(String type) {
        given().header("Content-Type", type)
                .when()
                .get("/")
                .then()
                .statusCode(400)
                .body(containsString("malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html"})
    void forbidsCachingAndSetsVary(String accept) {
        given().header("Accept", accept)
                .when()
                .get("/")
                .then()
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept")
                .header("X-Content-Type-Options", "nosniff")
                .header("Access-Control-Allow-Origin", "*");
    }

    @Test
    void setsAContentSecurityPolicy() {
        given().header("Accept", "text/html")
                .when()
                .get("/")
                .then()
                .header("Content-Security-Policy", startsWith("default-src 'none';"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("Referrer-Policy", "no-referrer");
    }

    @Test
    void servesTheAssetsOfThePage() {
        for (String asset : new String[] {"page.css", "page.js", "favicon.svg"}) {
            when().get("/assets/" + asset)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", containsString("max-age"))
                    .body(not(emptyString()));
        }
    }

    @Test
    void describesItselfInOpenApi() {
        given().queryParam("format", "json")
                .when()
                .get("/q/openapi")
                .then()
                .body("paths.keySet().toString()", is("[/, /ip, /json, /reversed, /stats]"))
                .body("components.schemas.AddressResponse.properties.scope.type", is("string"));
    }

    @Test
    void listsThePathsForAnUnknownOne() {
        when().get("/nowhere").then().statusCode(404).body(containsString("/reversed"));
    }

    @Test
    void listsTheAllowedMethods() {
        when().post("/").then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS");
    }

    @Test
    void answersHeadWithoutABody() {
        when().head("/").then().statusCode(200).header("Vary", "Accept").body(emptyString());
    }
}
