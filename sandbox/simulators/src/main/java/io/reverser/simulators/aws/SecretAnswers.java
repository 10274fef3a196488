package io.reverser.simulators.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What Secrets Manager shows of secrets. Their values are in one answer only. */
final class SecretAnswers {

    private SecretAnswers() {}

    static ObjectNode identity(Secret secret) {
        return JsonNodeFactory.instance.objectNode().put("ARN", secret.arn()).put("Name", secret.name());
    }

    static ObjectNode identity(Secret secret, String version) {
        return identity(secret).put("VersionId", version);
    }

    static ObjectNode value(Secret secret, SecretVersion version) {
        ObjectNode answer = labelled(secret, version.id());
        version.value().ifPresent(value -> answer.put(value.field(), value.content()));
        return answer.put("CreatedDate", seconds(version.created()));
    }

    static ObjectNode labelled(Secret secret, String version) {
        ObjectNode answer = identity(secret, version);
        secret.versions().labels().of(version).forEach(answer.putArray("VersionStages")::add);
        return answer;
    }

    static ObjectNode described(Secret secret) {
        ObjectNode answer = identity(secret)
                .put("CreatedDate", seconds(secret.created()))
                .put("LastChangedDate", seconds(secret.changed()));
        secret.description().ifPresent(text -> answer.put("Description", text));
        secret.rotated().ifPresent(time -> answer.put("LastRotatedDate", seconds(time)));
        secret.read().ifPresent(time -> answer.put("LastAccessedDate", seconds(time.truncatedTo(ChronoUnit.DAYS))));
        secret.deletion().ifPresent(time -> answer.put("DeletedDate", seconds(time)));
        secret.rotation().ifPresent(rotation -> {
            answer.put("RotationEnabled", rotation.enabled()).put("RotationLambdaARN", rotation.functionArn());
            rotation.rules().ifPresent(rules -> answer.set("RotationRules", rules.settings()));
            rotation.next().ifPresent(time -> answer.put("NextRotationDate", seconds(time)));
        });
        ArrayNode tags = answer.putArray("Tags");
        secret.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        ObjectNode versions = answer.putObject("VersionIdsToStages");
        secret.versions()
                .labels()
                .all()
                .forEach((label, version) -> versions.withArray(version).add(label));
        return answer;
    }

    static ObjectNode listed(Secret secret, List<SecretVersion> versions) {
        ObjectNode answer = identity(secret);
        ArrayNode list = answer.putArray("Versions");
        for (SecretVersion version : versions) {
            ObjectNode shown =
                    list.addObject().put("VersionId", version.id()).put("CreatedDate", seconds(version.created()));
            secret.versions().labels().of(version.id()).forEach(shown.putArray("VersionStages")::add);
        }
        return answer;
    }

    static double seconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
