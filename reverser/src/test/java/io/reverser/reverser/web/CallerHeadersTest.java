package io.reverser.reverser.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.reverser.reverser.EmbeddedDatabaseResource;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends requests over real HTTP from a trusted proxy, 127.0.0.1. */
@QuarkusTest
@QuarkusTestResource(EmbeddedDatabaseResource.class)
class CallerHeadersTest {

    @TestHTTPResource
    URI address;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    203.0.113.7                                   | 203.0.113.7
                    6.6.6.6, 203.0.113.7                          | 203.0.113.7
                    127.0.0.1, 203.0.113.7                        | 203.0.113.7
                    10.1.2.3, 203.0.113.7, 10.0.3.4               | 203.0.113.7
                    203.0.113.7:51234                             | 203.0.113.7
                    [2001:db8::7]:51234                           | 2001:db8::7
                    2001:DB8:0:0:0:0:0:7                          | 2001:db8::7
                    fe80::7%eth0                                  | fe80::7
                    ::ffff:203.0.113.7                            | 203.0.113.7
                    <script>alert(1)</script>, 203.0.113.7        | 203.0.113.7
                    , 203.0.113.7                                 | 203.0.113.7
                    unknown                                       | 127.0.0.1
                    <script>alert(1)</script>                     | 127.0.0.1
                    localhost                                     | 127.0.0.1
                    192.168.7.7                                   | 192.168.7.7
                    """)
    void believesTheRightEndOfTheChain(String header, String caller) {
        given().header("X-Forwarded-For", header)
                .when()
                .get("/ip")
                .then()
                .statusCode(200)
                .body(equalTo(caller + "\n"));
    }

    @Test
    void treatsAnEmptyHeaderAsMissing() {
        given().header("X-Forwarded-For", "")
                .when()
                .get("/ip")
                .then()
                .statusCode(200)
                .body(equalTo("127.0.0.1\n"));
    }

    @Test
    void joinsSeveralLinesInTheirOrder() {
        given().header("X-Forwarded-For", "6.6.6.6")
                .header("X-Forwarded-For", "203.0.113.7")
                .when()
                .get("/ip")
                .then()
                .body(equalTo("203.0.113.7\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP", "Client-IP"})
    void ignoresHeadersOtherThanTheConfiguredOne(String name) {
        given().header(name, name.equals("Forwarded") ? "for=6.6.6.6" : "6.6.6.6")
                .when()
                .get("/ip")
                .then()
                .body(equalTo("127.0.0.1\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/html", "*/*"})
    void neverEchoesInvalidInput(String accept) {
        given().header("Accept", accept)
                .header("X-Forwarded-For", "\"><script>alert(1)</script>")
                .when()
                .get("/")
                .then()
                .statusCode(200)
                .body(not(containsString("alert(1)")));
    }

    @Test
    void escapesTheHostItRepeatsOnThePage() throws IOException {
        String answer = new RawHttp(address)
                .exchange("GET / HTTP/1.1\r\nHost: \"><script>alert(1)</script>\r\nAccept: text/html\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 ").doesNotContain("<script>alert");
    }

    @Test
    void rejectsAHeaderOf100kBAndKeepsServing() throws IOException {
        String huge = "1.1.1.1, ".repeat(100_000 / 9);
        String answer =
                new RawHttp(address).exchange("GET / HTTP/1.1\r\nHost: here\r\nX-Forwarded-For: " + huge + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431 Request Header Fields Too Large");
        given().when().get("/ip").then().statusCode(200);
    }

    @Test
    void resolvesTheCallerInALongChain() {
        String chain = "6.6.6.6, ".repeat(1500) + "203.0.113.7";
        given().header("X-Forwarded-For", chain).when().get("/ip").then().body(equalTo("203.0.113.7\n"));
    }
}
