package io.reverser.simulators.aws.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverser.simulators.aws.endpoint.AwsEndpoint;
import io.reverser.simulators.aws.sns.SnsTopic;
import io.reverser.simulators.aws.sqs.SqsQueue;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** An SNS topic with a queue as its subscriber. */
sealed interface TopicSubscription extends AutoCloseable {

    /** The ARN of the topic. */
    String topicArn();

    /** Receives the notifications that have arrived since the last call, in the JSON envelope of SNS. */
    List<JsonNode> receive();

    @Override
    void close();

    static TopicSubscription open() {
        return ConformanceTarget.SIMULATORS
                .<TopicSubscription>map(SimulatedSubscription::new)
                .orElseGet(RemoteSubscription::new);
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * A subscription in our simulators. The topic is created without the API: the simulators have no CreateTopic,
     * because the platform does not call it.
     */
    final class SimulatedSubscription implements TopicSubscription {

        private final AwsEndpoint aws;
        private final SqsQueue queue;
        private final SnsTopic topic;

        SimulatedSubscription(AwsEndpoint aws) {
            this.aws = aws;
            this.queue = aws.sqs().createQueue(ConformanceTarget.unique(), Duration.ofSeconds(30));
            this.topic = new SnsTopic("alarms", queue, aws.clock());
            aws.cloudWatch().onChange(topic::publish);
        }

        @Override
        public String topicArn() {
            return topic.arn();
        }

        @Override
        public List<JsonNode> receive() {
            return queue.receive(10).stream()
                    .map(message -> parse(message.path("body").asText()))
                    .toList();
        }

        @Override
        public void close() {
            aws.cloudWatch().onChange((subject, message) -> {});
        }
    }

    /**
     * A subscription in an endpoint other than our simulators. The topic and the queue are created through the API; the
     * queue's policy allows the topic to send messages.
     */
    final class RemoteSubscription implements TopicSubscription {

        private final SnsClient sns = ConformanceTarget.client(SnsClient.builder());
        private final SqsClient sqs = ConformanceTarget.client(SqsClient.builder());
        private final String topic = sns.createTopic(request -> request.name(ConformanceTarget.unique()))
                .topicArn();
        private final String queue = sqs.createQueue(request -> request.queueName(ConformanceTarget.unique()))
                .queueUrl();

        RemoteSubscription() {
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
        public String topicArn() {
            return topic;
        }

        @Override
        public List<JsonNode> receive() {
            List<Message> messages = sqs.receiveMessage(
                            request -> request.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            messages.forEach(message ->
                    sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle())));
            return messages.stream().map(message -> parse(message.body())).toList();
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
