package io.reverser.simulators.aws.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.CloudWatchException;

/**
 * Rules for images of CloudWatch metrics.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricWidgetImage.html">GetMetricWidgetImage</a>
 */
class WidgetsTest {

    private static final String WIDGET = """
            {"width": 300, "height": 200, "metrics": [["Conformance", "Nothing", "Cluster", "dev"]]}""";

    private final CloudWatchClient cloudWatch = ConformanceTarget.client(CloudWatchClient.builder());

    @AfterEach
    void close() {
        cloudWatch.close();
    }

    @Test
    void areImagesOfTheRequestedSize() throws IOException {
        byte[] png = cloudWatch
                .getMetricWidgetImage(request -> request.metricWidget(WIDGET))
                .metricWidgetImage()
                .asByteArray();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(picture.getWidth()).isEqualTo(300);
        assertThat(picture.getHeight()).isEqualTo(200);
    }

    @Test
    void rejectMalformedWidgets() {
        assertThatThrownBy(() -> cloudWatch.getMetricWidgetImage(request -> request.metricWidget("a picture")))
                .isInstanceOfSatisfying(
                        CloudWatchException.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(400));
    }
}
