package io.reverser.reverser.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptHeaderTest {

    private static final List<String> AVAILABLE = List.of("text/plain", "application/json", "text/html");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    text/html;q=0.5, application/json;q=0.4       | text/html
                    text/html; q=.2, application/json; q=.3       | application/json
                    text/html;q=1., application/json;q=0.999      | text/html
                    application/json;q=7, text/html               | application/json
                    text/html;level=1;Q=0.3, application/json     | application/json
                    APPLICATION/JSON                              | application/json
                    """)
    void prefersTheHighestQuality(String header, String mediaType) {
        assertThat(AcceptHeader.preferred(List.of(header), AVAILABLE)).contains(mediaType);
    }

    /** The first header is the default of axios, the second of jQuery, the third of Java's URLConnection. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/json, text/plain, */*                            | application/json
                    application/json, text/javascript, */*; q=0.01               | application/json
                    text/html, image/gif, image/jpeg, */*; q=0.2                 | text/html
                    text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2         | text/html
                    */*, application/json                                        | application/json
                    text/*, application/json                                     | application/json
                    text/html, application/json                                  | text/html
                    """)
    void prefersWhatTheHeaderNamesSpecificallyAndFirst(String header, String mediaType) {
        assertThat(AcceptHeader.preferred(List.of(header), AVAILABLE)).contains(mediaType);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense, application/json                | application/json
                    text/html;q=abc, application/json;q=.1    | application/json
                    text/html;q=-1, application/json;q=.1     | application/json
                    text/html;q=NaN, application/json;q=.1    | application/json
                    text/html;q=, application/json;q=.1       | application/json
                    a/b/c, ;q=1, /, text/, /html, text/html   | text/html
                    *                                         | text/plain
                    *;q=.2                                    | text/plain
                    """)
    void ignoresInvalidElements(String header, String mediaType) {
        assertThat(AcceptHeader.preferred(List.of(header), AVAILABLE)).contains(mediaType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", ";", "nonsense", "/", "q=abc", "text/html;q=abc", ";q=1"})
    void selectsTheFirstTypeIfNothingIsReadable(String header) {
        assertThat(AcceptHeader.preferred(List.of(header), AVAILABLE)).contains("text/plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "text/html;q=0",
                "nonsense, image/png",
                "*/*;q=0",
                "image/*",
                "text/plain;q=0, text/html;q=0.0, application/*;q=0, */*"
            })
    void findsNothingAcceptable(String header) {
        assertThat(AcceptHeader.preferred(List.of(header), AVAILABLE)).isEmpty();
    }

    @Test
    void aSpecificRangeOverridesAGeneralOne() {
        assertThat(AcceptHeader.preferred(List.of("*/*", "text/*;q=0.1"), AVAILABLE))
                .contains("application/json");
        assertThat(AcceptHeader.preferred(List.of("text/plain;q=0, */*;q=0.1"), AVAILABLE))
                .contains("application/json");
    }

    @Test
    void joinsTheLinesOfTheHeader() {
        assertThat(AcceptHeader.preferred(List.of("text/html;q=0.1", "application/json"), AVAILABLE))
                .contains("application/json");
        assertThat(AcceptHeader.preferred(List.of(), AVAILABLE)).contains("text/plain");
    }
}
