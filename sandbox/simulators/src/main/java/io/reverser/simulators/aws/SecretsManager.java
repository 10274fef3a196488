package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets to be read. */
public final class SecretsManager implements Service {

    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    /** Sets a secret. */
    public void put(String name, String value) {
        secrets.put(name, value);
    }

    @Override
    public String name() {
        return "SecretsManager";
    }

    @Override
    public String operation(String method, List<String> path) {
        return "Unknown";
    }

    @Override
    public JsonNode answer(Call call) {
        if (!call.operation().equals("GetSecretValue")) {
            throw new AwsError(400, "UnknownOperationException", "No such operation");
        }
        String name = call.required("SecretId");
        String value = Optional.ofNullable(secrets.get(name))
                .orElseThrow(() -> new AwsError(
                        400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."));
        return JsonNodeFactory.instance.objectNode().put("Name", name).put("SecretString", value);
    }
}
