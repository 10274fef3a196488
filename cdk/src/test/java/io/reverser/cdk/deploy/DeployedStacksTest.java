package io.reverser.cdk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

class DeployedStacksTest {

    /** A stack whose first deployment failed is not protected, so that it can be deleted and created again. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            CREATE_COMPLETE          | true
            UPDATE_ROLLBACK_COMPLETE | true
            UPDATE_ROLLBACK_FAILED   | true
            REVIEW_IN_PROGRESS       | false
            CREATE_FAILED            | false
            ROLLBACK_COMPLETE        | false
            ROLLBACK_FAILED          | false
            DELETE_FAILED            | false
            """, delimiter = '|')
    void findsDeployedStacks(StackStatus status, boolean deployed) {
        assertThat(new DeployedStacks(Map.of("prod-network", status)).isDeployed("prod-network"))
                .isEqualTo(deployed);
    }
}
