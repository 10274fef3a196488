package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** A rotation function that executes every step correctly, unless a test replaces the step. */
final class ScriptedRotationFunction implements RotationEngine.FunctionInvoker {

    static final String ARN = "arn:aws:lambda:eu-central-1:111122223333:function:rotation";
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final SecretsManagerClient secrets;
    private final Map<String, List<Runnable>> replacements = new HashMap<>();
    private final Map<String, Runnable> followUps = new HashMap<>();

    ScriptedRotationFunction(SecretsManagerClient secrets) {
        this.secrets = secrets;
    }

    /** Replaces a step by an action, the next {@code times} times that the step runs. */
    void replaceStep(String step, int times, Runnable action) {
        for (int i = 0; i < times; i++) {
            replacements.computeIfAbsent(step, none -> new ArrayList<>()).add(action);
        }
    }

    /** Runs an action once, after the next run of the step. */
    void runAfterStep(String step, Runnable action) {
        followUps.put(step, action);
    }

    List<String> steps() {
        return events.stream().map(event -> event.path("Step").asText()).toList();
    }

    @Override
    public void invoke(String functionArn, String payload) {
        try {
            JsonNode event = JSON.readTree(payload);
            events.add(event);
            String step = event.path("Step").asText();
            List<Runnable> actions = replacements.getOrDefault(step, new ArrayList<>());
            if (actions.isEmpty()) {
                execute(
                        step,
                        event.path("SecretId").asText(),
                        event.path("ClientRequestToken").asText());
            } else {
                actions.removeFirst().run();
            }
            Runnable action = followUps.remove(step);
            if (action != null) {
                action.run();
            }
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException(noJson);
        }
    }

    private void execute(String step, String secret, String token) {
        switch (step) {
            case "createSecret" -> create(secret, token);
            case "finishSecret" -> finish(secret, token);
            default -> {}
        }
    }

    private void create(String secret, String token) {
        try {
            secrets.getSecretValue(
                    request -> request.secretId(secret).versionId(token).versionStage("AWSPENDING"));
        } catch (ResourceNotFoundException empty) {
            secrets.putSecretValue(request -> request.secretId(secret)
                    .clientRequestToken(token)
                    .secretString("made for " + token)
                    .versionStages("AWSPENDING"));
        }
    }

    private void finish(String secret, String token) {
        String current =
                secrets.getSecretValue(request -> request.secretId(secret)).versionId();
        if (!current.equals(token)) {
            secrets.updateSecretVersionStage(request -> request.secretId(secret)
                    .versionStage("AWSCURRENT")
                    .moveToVersionId(token)
                    .removeFromVersionId(current));
        }
    }
}
