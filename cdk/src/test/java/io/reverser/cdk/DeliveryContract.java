package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.Synthesised.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** From a commit to a pod: image, Application, workflows, and the alarms that look at the result. */
final class DeliveryContract {

    private static final String CONTAINER = Sides.CONTAINER;

    private final Sides sides;
    private final List<Clause> clauses = new ArrayList<>();

    private DeliveryContract(Sides sides) {
        this.sides = sides;
    }

    static List<Clause> of(Sides sides) {
        var contract = new DeliveryContract(sides);
        contract.image();
        contract.delivery();
        contract.workflows();
        contract.watching();
        return contract.clauses;
    }

    private void image() {
        String image = "%s.dkr.ecr.%s.amazonaws.com/%s"
                .formatted(
                        sides.settings().account(),
                        sides.settings().region(),
                        sides.templates()
                                .resource("AWS::ECR::Repository")
                                .at("/RepositoryName")
                                .asText());
        JsonNode updated = sides.argocd().at("/itemTemplates/0/template/spec/applicationRefs/0/images/0");
        clause(
                "the image repository",
                sides.template("delivery"),
                image,
                sides.place(),
                sides.overlay()
                        .the("Deployment")
                        .at(CONTAINER + "/image")
                        .asText()
                        .replaceAll(":[^:]*$", ""));
        clause(
                "the image that is looked for",
                sides.place(),
                image,
                "the ImageUpdater",
                updated.path("imageName").asText());
        clause(
                "the name that is replaced",
                "the ImageUpdater",
                updated.at("/manifestTargets/kustomize/name").asText(),
                "the base",
                Sides.found(Sides.file("../kustomize/base/deployment.yaml"), "\\bimage: (\\S+)"));
        clause(
                "tags",
                "the ImageUpdater takes",
                updated.at("/commonUpdateSettings/allowTags").asText(),
                "push-image pushes",
                "regexp:" + Sides.found(Sides.file("../.github/scripts/push-image"), "=~ (\\^\\S+\\$) ]]"));
        clause(
                "the user",
                "the image",
                Sides.found(Sides.file("../reverser/Dockerfile"), "(?m)^USER (\\d+):"),
                "the pods",
                sides.overlay()
                        .the("Deployment")
                        .at("/spec/template/spec/securityContext/runAsUser")
                        .asText());
        clause(
                "the processor",
                "the settings",
                sides.settings().cluster().nodes().type().matches("[a-z]+\\d+g[a-z]*\\..*")
                        ? "ubuntu-24.04-arm"
                        : "ubuntu-24.04",
                "the workflow image builds on",
                Sides.found(Sides.file("../.github/workflows/image.yml"), "runs-on: (\\S+)"));
    }

    private void delivery() {
        JsonNode source = sides.argocd().at("/applications/reverser/source");
        clause(
                "the overlay",
                "the Application",
                Files.exists(Path.of("..", source.path("path").asText(), "kustomization.yaml")),
                "the repository",
                true);
        clause(
                "whose overlay",
                "the Application",
                source.path("path").asText(),
                "the environment",
                "kustomize/overlays/" + sides.settings().name());
        clause(
                "the branch that is written to",
                "the ImageUpdater",
                sides.argocd()
                        .at("/itemTemplates/0/template/spec/writeBackConfig/gitConfig/branch")
                        .asText(),
                "the Application follows",
                source.path("targetRevision").asText());
        clause(
                "which Application is updated",
                "the ImageUpdater",
                sides.argocd()
                        .at("/itemTemplates/0/template/spec/applicationRefs/0/namePattern")
                        .asText(),
                "the chart makes",
                sides.argocd().path("applications").fieldNames().next());
        clause(
                "what Reloader writes and Argo CD ignores",
                "Reloader's strategy",
                sides.templates()
                        .values("reloader")
                        .at("/reloader/reloadStrategy")
                        .asText(),
                "the Application ignores",
                sides.argocd()
                                .at("/applications/reverser/ignoreDifferences")
                                .toString()
                                .contains("reloader.stakater.com/last-reloaded-from")
                        ? "annotations"
                        : "nothing");
    }

    private void workflows() {
        var roles = new TreeSet<String>();
        for (String file : List.of("image", "deploy", "deploy-environment")) {
            roles.addAll(Sides.allFound(
                    Sides.file("../.github/workflows/" + file + ".yml"),
                    ":role/(?:%s|\\$\\{\\{ inputs.environment }})-([a-z-]+)"
                            .formatted(sides.settings().name())));
        }
        clause(
                "the roles of workflows",
                sides.template("delivery"),
                sides.templates().resources("AWS::IAM::Role").stream()
                        .filter(role -> role.stack().equals("delivery"))
                        .map(role -> role.at("/RoleName")
                                .asText()
                                .replaceFirst("^" + sides.settings().name() + "-", ""))
                        .collect(Collectors.toCollection(TreeSet::new)),
                "the workflows take",
                roles);
        clause(
                "the repository that may take them",
                sides.template("delivery"),
                // Without the numbers that GitHub puts behind names.
                Sides.allFound(sides.templates().template("delivery").toString(), "\"repo:([^:]+):").stream()
                        .map(name -> name.replaceAll("@\\d+", ""))
                        .toList(),
                "the Application comes from",
                List.of(Sides.found(
                        sides.argocd()
                                .at("/applications/reverser/source/repoURL")
                                .asText(),
                        "github\\.com/(.+)\\.git$")));
        clause(
                "the branch that may take them",
                sides.template("delivery"),
                Sides.found(sides.templates().template("delivery").toString(), "ref:refs/heads/([^\"]+)"),
                "the workflows run on",
                Sides.found(Sides.file("../.github/workflows/image.yml"), "branches: \\[(\\S+)]"));
    }

    private void watching() {
        Resource alarm = sides.templates()
                .resource(
                        "AWS::CloudWatch::Alarm", "/AlarmName", sides.settings().name() + "-reverser-memory");
        clause(
                "the Service that is measured",
                sides.template("observability"),
                Sides.found(alarm.properties().toString(), "\"Name\":\"Service\",\"Value\":\"(\\w+)\""),
                sides.place(),
                sides.overlay().the("Service").at("/metadata/name").asText());
    }

    private void clause(String about, String here, Object says, String there, Object saysThere) {
        clauses.add(new Clause(about + " in " + sides.settings().name(), here, says, there, saysThere));
    }
}
