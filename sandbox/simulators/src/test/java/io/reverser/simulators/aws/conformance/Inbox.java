package io.reverser.simulators.aws.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.aws.AwsEndpoint;
import io.reverser.simulators.aws.SnsTopic;
import io.reverser.simulators.aws.SqsQueue;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A topic with a queue behind it. */
sealed interface Inbox extends AutoCloseable {

    /** The ARN of the topic. */
    String topic();

    /** What arrived since the last look, as SNS wrapped it. */
    List<JsonNode> take();

    @Override
    void close();

    static Inbox open() {
        return Account.SIMULATORS.<Inbox>map(Ours::new).orElseGet(Theirs::new);
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Our simulators have one topic, and make it by no call: the platform makes none. */
    final class Ours implements Inbox {

        private final AwsEndpoint aws;
        private final SqsQueue queue;
        private final SnsTopic topic;

        Ours(AwsEndpoint aws) {
            this.aws = aws;
            this.queue = aws.sqs().create(Account.unique(), Duration.ofSeconds(30));
            this.topic = new SnsTopic("alarms", queue, aws.clock());
            aws.cloudWatch().onChange(topic::publish);
        }

        @Override
        public String topic() {
            return topic.arn();
        }

        @Override
        public List<JsonNode> take() {
            return queue.receive(10).stream()
                    .map(message -> read(message.path("body").asText()))
                    .toList();
        }

        @Override
        public void close() {
            aws.cloudWatch().onChange((subject, message) -> {});
        }
    }

    /** Made with their own calls; the queue lets the topic in. */
    final class Theirs implements Inbox {

        private final SnsClient sns = Account.client(SnsClient.builder());
        private final SqsClient sqs = Account.client(SqsClient.builder());
        private final String topic =
                sns.createTopic(request -> request.name(Account.unique())).topicArn();
        private final String queue =
                sqs.createQueue(request -> request.queueName(Account.unique())).queueUrl();

        Theirs() {
            String arn = sqs.getQueueAttributes(
                            request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                    .attributes()
                    .get(QueueAttributeName.QUEUE_ARN);
            String policy = """
                    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage",
                     "Principal": {"Service": "sns.amazonaws.com"}, "Resource": "%s",
                     "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}}}]}""".formatted(arn, topic);
            sqs.setQueueAttributes(
                    request -> request.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, policy)));
            sns.subscribe(request -> request.topicArn(topic).protocol("sqs").endpoint(arn));
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public List<JsonNode> take() {
            List<Message> messages = sqs.receiveMessage(
                            request -> request.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            messages.forEach(message ->
                    sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle())));
            return messages.stream().map(message -> read(message.body())).toList();
        }

        @Override
        public void close() {
            sns.deleteTopic(request -> request.topicArn(topic));
            sqs.deleteQueue(request -> request.queueUrl(queue));
            sns.close();
            sqs.close();
        }
    }
}
