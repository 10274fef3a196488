package io.reverser.simulators.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DynamoDbLibraryTest {

    @Test
    void isNotLoadedFromTheTemporaryFolder() throws IOException {
        try (var dynamoDb = new DynamoDb();
                var mapped = Files.lines(Path.of("/proc/self/maps"))) {
            dynamoDb.call("ListTables", new ObjectMapper().createObjectNode());
            assertThat(mapped.filter(file -> file.contains("sqlite-")))
                    .isNotEmpty()
                    .allMatch(file -> file.contains("/target/native/"));
        }
    }
}
