package io.reverser.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverser.cdk.SynthesizedApp.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the names and values that delivery uses from a commit to a pod: image, Application, workflows, and the
 * alarms about the pods.
 */
final class DeliveryContract {

    private static final String CONTAINER = RenderedEnvironment.CONTAINER;

    private final RenderedEnvironment environment;
    private final List<ContractClause> clauses = new ArrayList<>();

    private DeliveryContract(RenderedEnvironment environment) {
        this.environment = environment;
    }

    static List<ContractClause> of(RenderedEnvironment environment) {
        var contract = new DeliveryContract(environment);
        contract.image();
        contract.delivery();
        contract.workflows();
        contract.watching();
        return contract.clauses;
    }

    private void image() {
        String image = "%s.dkr.ecr.%s.amazonaws.com/%s"
                .formatted(
                        environment.settings().account(),
                        environment.settings().region(),
                        environment
                                .templates()
                                .resource("AWS::ECR::Repository")
                                .at("/RepositoryName")
                                .asText());
        JsonNode updated = environment.argocd().at("/itemTemplates/0/template/spec/applicationRefs/0/images/0");
        clause(
                "the image repository",
                environment.templateName("delivery"),
                image,
                environment.overlayPath(),
                environment
                        .overlay()
                        .only("Deployment")
                        .at(CONTAINER + "/image")
                        .asText()
                        .replaceAll(":[^:]*$", ""));
        clause(
                "the image to update",
                environment.overlayPath(),
                image,
                "the ImageUpdater",
                updated.path("imageName").asText());
        clause(
                "the image name to replace",
                "the ImageUpdater",
                updated.at("/manifestTargets/kustomize/name").asText(),
                "the base",
                RenderedEnvironment.firstMatch(
                        RenderedEnvironment.readFile("../kustomize/base/deployment.yaml"), "\\bimage: (\\S+)"));
        clause(
                "the pattern of image tags",
                "the ImageUpdater",
                updated.at("/commonUpdateSettings/allowTags").asText(),
                "push-image",
                "regexp:"
                        + RenderedEnvironment.firstMatch(
                                RenderedEnvironment.readFile("../.github/scripts/push-image"), "=~ (\\^\\S+\\$) ]]"));
        clause(
                "the user",
                "the image",
                RenderedEnvironment.firstMatch(
                        RenderedEnvironment.readFile("../reverser/Dockerfile"), "(?m)^USER (\\d+):"),
                "the pods",
                environment
                        .overlay()
                        .only("Deployment")
                        .at("/spec/template/spec/securityContext/runAsUser")
                        .asText());
        clause(
                "the architecture",
                "the settings",
                environment.settings().cluster().nodes().type().matches("[a-z]+\\d+g[a-z]*\\..*")
                        ? "ubuntu-24.04-arm"
                        : "ubuntu-24.04",
                "the workflow image builds on",
                RenderedEnvironment.firstMatch(
                        RenderedEnvironment.readFile("../.github/workflows/image.yml"), "runs-on: (\\S+)"));
    }

    private void delivery() {
        JsonNode source = environment.argocd().at("/applications/reverser/source");
        clause(
                "the existence of the overlay",
                "the Application",
                Files.exists(Path.of("..", source.path("path").asText(), "kustomization.yaml")),
                "the repository",
                true);
        clause(
                "the path of the overlay",
                "the Application",
                source.path("path").asText(),
                "the environment",
                "kustomize/overlays/" + environment.settings().name());
        clause(
                "the branch for new tags",
                "the ImageUpdater",
                environment
                        .argocd()
                        .at("/itemTemplates/0/template/spec/writeBackConfig/gitConfig/branch")
                        .asText(),
                "the Application's target revision",
                source.path("targetRevision").asText());
        clause(
                "the Application to update",
                "the ImageUpdater",
                environment
                        .argocd()
                        .at("/itemTemplates/0/template/spec/applicationRefs/0/namePattern")
                        .asText(),
                "the chart creates",
                environment.argocd().path("applications").fieldNames().next());
    }

    private void workflows() {
        var roles = new TreeSet<String>();
        for (String file : List.of("image", "deploy", "deploy-environment")) {
            roles.addAll(RenderedEnvironment.allMatches(
                    RenderedEnvironment.readFile("../.github/workflows/" + file + ".yml"),
                    ":role/(?:%s|\\$\\{\\{ inputs.environment }})-([a-z-]+)"
                            .formatted(environment.settings().name())));
        }
        clause(
                "the roles of workflows",
                environment.templateName("delivery"),
                environment.templates().resources("AWS::IAM::Role").stream()
                        .filter(role -> role.stack().equals("delivery"))
                        .map(role -> role.at("/RoleName")
                                .asText()
                                .replaceFirst("^" + environment.settings().name() + "-", ""))
                        .collect(Collectors.toCollection(TreeSet::new)),
                "the workflows",
                roles);
        clause(
                "the repository that may assume the roles",
                environment.templateName("delivery"),
                // The names are compared without the numeric IDs that GitHub appends.
                RenderedEnvironment.allMatches(
                                environment.templates().template("delivery").toString(), "\"repo:([^:]+):")
                        .stream()
                        .map(name -> name.replaceAll("@\\d+", ""))
                        .toList(),
                "the Application",
                List.of(RenderedEnvironment.firstMatch(
                        environment
                                .argocd()
                                .at("/applications/reverser/source/repoURL")
                                .asText(),
                        "github\\.com/(.+)\\.git$")));
        clause(
                "the branch that may assume the roles",
                environment.templateName("delivery"),
                RenderedEnvironment.firstMatch(
                        environment.templates().template("delivery").toString(), "ref:refs/heads/([^\"]+)"),
                "the workflows",
                RenderedEnvironment.firstMatch(
                        RenderedEnvironment.readFile("../.github/workflows/image.yml"), "branches: \\[(\\S+)]"));
    }

    private void watching() {
        Resource alarm = environment
                .templates()
                .resource(
                        "AWS::CloudWatch::Alarm",
                        "/AlarmName",
                        environment.settings().name() + "-reverser-memory");
        clause(
                "the Service of the alarm",
                environment.templateName("observability"),
                RenderedEnvironment.firstMatch(
                        alarm.properties().toString(), "\"Name\":\"Service\",\"Value\":\"(\\w+)\""),
                environment.overlayPath(),
                environment.overlay().only("Service").at("/metadata/name").asText());
    }

    private void clause(String about, String here, Object says, String there, Object saysThere) {
        clauses.add(new ContractClause(about + " in " + environment.settings().name(), here, says, there, saysThere));
    }
}
