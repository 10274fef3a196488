package io.reverser.reverser.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.reverser.reverser.EmbeddedDatabaseResource;
import java.util.List;
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
                .header("Vary", "Accept, Origin")
                .body(containsString("text/plain, application/json and text/html"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "", "*", "/", "*; q=.2, */*; q=.2"})
    void anInvalidAcceptHeaderIsNoPreference(String accept) {
        given().header("Accept", accept).when().get("/").then().statusCode(200).contentType(startsWith("text/plain"));
    }

    /** The header is the default of Java's URLConnection before JDK-8163921. */
    @Test
    void understandsTheAcceptHeaderOfOldJavaClients() {
        given().header("Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2")
                .when()
                .get("/")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"));
    }

    @ParameterizedTest
    @CsvSource({"/ip, text/plain", "/reversed, text/plain", "/json, application/json", "/stats, application/json"})
    void aPathWithOneMediaTypeIgnoresTheAcceptHeader(String path, String type) {
        for (String accept : new String[] {"text/html", "image/png", "nonsense", "*; q=.2", ";"}) {
            given().header("Accept", accept)
                    .when()
                    .get(path)
                    .then()
                    .statusCode(200)
                    .contentType(startsWith(type));
        }
    }

    /** A request without a body may have any {@code Content-Type}. */
    @ParameterizedTest
    @ValueSource(strings = {"nonsense", ";q=1", "/"})
    void ignoresAnInvalidContentType(String type) {
        for (String path : new String[] {"/", "/ip", "/reversed", "/json", "/stats"}) {
            given().header("Content-Type", type).when().get(path).then().statusCode(200);
        }
        given().header("Content-Type", type).when().post("/").then().statusCode(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html"})
    void forbidsCachingAndSetsVary(String accept) {
        given().header("Accept", accept)
                .when()
                .get("/")
                .then()
                .header("Cache-Control", "no-store")
                .header("Vary", "Accept, Origin")
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
                .body("paths.keySet().toString()", is("[/, /ip, /json, /reversed, /stats, /visits]"))
                .body("components.schemas.AddressResponse.properties.scope.type", is("string"))
                .body(
                        "components.schemas.keySet().sort()",
                        is(List.of("AddressResponse", "Instant", "Totals", "VisitSummary")))
                .body(
                        "paths.'/'.get.responses.'200'.content.keySet().sort()",
                        is(List.of("application/json", "text/html", "text/plain")))
                .body("paths.'/ip'.get.responses.'200'.content.keySet()", hasItem("text/plain"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ip", "/reversed", "/json"})
    void describesTheHeadersThatItReads(String path) {
        given().queryParam("format", "json")
                .when()
                .get("/q/openapi")
                .then()
                .body(
                        "paths.'" + path + "'.parameters.collect { it.'$ref' }",
                        hasItems("#/components/parameters/XForwardedFor", "#/components/parameters/Forwarded"))
                .body("paths.'/'.parameters.collect { it.'$ref' }", hasItem("#/components/parameters/Accept"))
                .body("components.parameters.Accept.in", is("header"));
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
        when().head("/").then().statusCode(200).header("Vary", "Accept, Origin").body(emptyString());
    }
}
