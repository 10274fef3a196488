package io.reverser.simulators.aws.secretsmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Builds the responses of Secrets Manager. Only the response of GetSecretValue contains a secret's value. */
final class SecretResponses {

    private SecretResponses() {}

    static ObjectNode identity(StoredSecret secret) {
        return JsonNodeFactory.instance.objectNode().put("ARN", secret.arn()).put("Name", secret.name());
    }

    static ObjectNode identity(StoredSecret secret, String version) {
        return identity(secret).put("VersionId", version);
    }

    static ObjectNode value(StoredSecret secret, SecretVersion version) {
        ObjectNode response = identityWithStages(secret, version.id());
        version.value().ifPresent(value -> response.put(value.field(), value.content()));
        return response.put("CreatedDate", epochSeconds(version.created()));
    }

    static ObjectNode identityWithStages(StoredSecret secret, String version) {
        ObjectNode response = identity(secret, version);
        secret.versions().labels().labelsOf(version).forEach(response.putArray("VersionStages")::add);
        return response;
    }

    static ObjectNode description(StoredSecret secret) {
        ObjectNode response = identity(secret)
                .put("CreatedDate", epochSeconds(secret.created()))
                .put("LastChangedDate", epochSeconds(secret.lastChanged()));
        secret.description().ifPresent(text -> response.put("Description", text));
        secret.lastRotated().ifPresent(time -> response.put("LastRotatedDate", epochSeconds(time)));
        secret.lastAccessed()
                .ifPresent(time -> response.put("LastAccessedDate", epochSeconds(time.truncatedTo(ChronoUnit.DAYS))));
        secret.deletionDate().ifPresent(time -> response.put("DeletedDate", epochSeconds(time)));
        secret.rotation().ifPresent(rotation -> {
            response.put("RotationEnabled", rotation.enabled()).put("RotationLambdaARN", rotation.functionArn());
            rotation.schedule().ifPresent(schedule -> response.set("RotationRules", schedule.settings()));
            rotation.nextDeadline().ifPresent(time -> response.put("NextRotationDate", epochSeconds(time)));
        });
        ArrayNode tags = response.putArray("Tags");
        secret.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        ObjectNode versions = response.putObject("VersionIdsToStages");
        secret.versions()
                .labels()
                .all()
                .forEach((label, version) -> versions.withArray(version).add(label));
        return response;
    }

    static ObjectNode versionList(StoredSecret secret, List<SecretVersion> versions) {
        ObjectNode response = identity(secret);
        ArrayNode list = response.putArray("Versions");
        for (SecretVersion version : versions) {
            ObjectNode entry =
                    list.addObject().put("VersionId", version.id()).put("CreatedDate", epochSeconds(version.created()));
            secret.versions().labels().labelsOf(version.id()).forEach(entry.putArray("VersionStages")::add);
        }
        return response;
    }

    static double epochSeconds(Instant time) {
        return time.toEpochMilli() / 1000.0;
    }
}
