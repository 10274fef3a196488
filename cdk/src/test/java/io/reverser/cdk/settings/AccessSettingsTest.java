package io.reverser.cdk.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessSettingsTest {

    private static final Path GOOD = Path.of("../lambdas/access/policy/src/test/resources/access.yaml");

    /**
     * The functions of cluster access do not validate the access policy, so the policies in their tests and in the
     * sandbox have to be valid.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../lambdas/access/policy/src/test/resources/access.yaml",
                "../sandbox/runner/src/main/resources/io/reverser/runner/functions/access.yaml"
            })
    void acceptsThePoliciesOfTheFunctions(Path file) throws IOException {
        JsonNode content = new YAMLMapper().readTree(file.toFile());
        assertThat(TestSettings.problems(
                        TestSettings.with("access", content.has("access") ? content.path("access") : content)))
                .isEmpty();
    }

    /** Each row replaces a part of a valid access policy. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            team: T0TEAM           | team: t0team            | access.slack.team: found "t0team", expected a workspace ID
            team: T0TEAM           | team: T0TEAM\\n    team: T0OTHER | Duplicate field 'team'
            team: T0TEAM           | tem: T0TEAM             | access.slack.tem: unknown key, did you mean team?
            team: T0TEAM           | team: 12                | access.slack.team: found 12, expected a workspace ID
            approvals: C0APPROVALS | alerts: C0              | access.slack.approvals: found nothing, expected a channel ID
            tools:\\n      region: eu-central-1 | tools:\\n      region: frankfurt | access.clusters.tools.region: found "frankfurt", expected a region
            [shop, "dev-*"]        | ["*"]                   | access.clusters.prod.namespaces[0]: found "*", expected the name of a namespace
            [shop, "dev-*"]        | [Shop]                  | access.clusters.prod.namespaces[0]: found "Shop"
            [shop, "dev-*"]        | []                      | access.clusters.prod.namespaces: found [], expected a list with at least one entry
            [shop, "dev-*"]        | shop                    | access.clusters.prod.namespaces: found "shop", expected a list
            U0ADA: {name: Ada      | ada: {name: Ada         | access.people.ada: found
            name: Ada,             | nam: Ada,               | access.people.U0ADA.nam: unknown key, did you mean name?
            role/team/ada          | assumed-role/team/ada   | access.people.U0ADA.principal: found "arn:aws:iam::111122223333:assumed-role/team/ada", expected the role itself
            iam::111122223333:role/team/ada | sts::111122223333:role/ada | not a session of it
            role/team/ada          | role/aws-service-role/x | EKS takes no service-linked roles
            role/team/ada          | role/AWSReservedSSO_a_1 | expected the role with its path
            111122223333:role/team/ada | 1111:role/team/ada  | access.people.U0ADA.principal
            role/team/ada          | role/team/bob           | is granted to all; to allow that, set shared: true for each
            leads: [U0BOB, U0EVE]  | leads: [U0BOB, U0EVA]   | access.groups.leads[1]: found "U0EVA", expected a person of access.people
            leads: [U0BOB, U0EVE]  | leads: []               | access.groups.leads: found [], expected a list with at least one entry
            leads: [U0BOB, U0EVE]  | Leads: [U0BOB]          | access.groups.Leads: found
            admins: [U0EVE]        | admins: [chiefs]        | access.admins[0]: found "chiefs", expected a person of access.people or a group of access.groups: leads
            admins: [U0EVE]        | admin: [U0EVE]          | access.admin: unknown key, did you mean admins?
            AmazonEKSViewPolicy    | AmazonEKSLookPolicy     | access.levels.view.policy: found "AmazonEKSLookPolicy", expected one of AmazonEKSViewPolicy
            AmazonEKSViewPolicy    | view                    | access.levels.view.policy: found "view"
            scope: namespace       | scope: pod              | access.levels.edit.scope: found "pod", expected one of cluster, namespace
            cluster_admin: true    | cluster_admin: false    | access.levels.admin.cluster_admin: found false, expected true
            cluster_admin: true    | cluster_admin: yep      | access.levels.admin.cluster_admin: found "yep", expected true or false
            name: prod             | name: Prod              | access.rules[0].name: found "Prod"
            name: anywhere         | name: prod              | access.rules[1].name: found "prod", expected a name that no other rule has
            who: [U0ADA, leads]    | who: [U0ADA, lead]      | access.rules[0].who[1]: found "lead"
            clusters: [prod]\\n      levels: [view, edit] | clusters: [prd]\\n      levels: [view, edit] | access.rules[0].clusters[0]: found "prd", expected one of prod, tools
            levels: [view, edit]   | levels: [look]          | access.rules[0].levels[0]: found "look", expected one of view, edit, admin
            clusters: [prod]\\n      levels: [view, edit] | clusters: [tools]\\n      levels: [view, edit] | tools has none
            default_duration: 1h\\n            | default_duration: 9h\\n             | access.rules[0].default_duration: found "9h", expected at most max_duration, 8h
            max_duration: 8h            | max_duration: 52w            | access.rules[0].max_duration: found "52w", expected a duration like 30m
            max_duration: 8h            | max_duration: 8              | access.rules[0].max_duration: found 8, expected a duration
            max_duration: 8h            | max_duration: 30d            | access.rules[0].max_duration: found "30d", expected at most 7d
            approvers: [U0BOB]     | approver: [U0BOB]       | access.rules[0].approver: unknown key, did you mean approvers?
            unnotified_approvers: [U0EVE]\\n      quorum: 1 | quorum: 2 | access.rules[0].quorum: found 2, expected at most the number of approvers, 1
            quorum: 1              | quorum: 0               | access.rules[0].quorum: found 0, expected a whole number from 1
            times: 2               | times: often            | access.rules[1].automatic.times: found "often", expected a whole number
            per: 1d                | per: day                | access.rules[1].automatic.per: found "day"
            break_glass: true      | break_glass: maybe      | access.rules[2].break_glass: found "maybe", expected true or false
            """)
    void reportsProblems(String good, String wrong, String problem) throws IOException {
        String text = Files.readString(GOOD);
        String piece = good.replace("\\n", "\n");
        assertThat(text).contains(piece);
        assertThat(problems(
                        text.replaceFirst(Pattern.quote(piece), Matcher.quoteReplacement(wrong.replace("\\n", "\n")))))
                .anyMatch(each -> each.startsWith("dev.yaml: ") && each.contains(problem));
    }

    @Test
    void reportsAllProblemsAtOnce() throws IOException {
        assertThat(problems(Files.readString(GOOD).replace("T0TEAM", "team").replace("times: 2", "times: 0")))
                .hasSize(2);
    }

    /** The principals of all people are in one statement of an IAM policy, whose length is limited. */
    @Test
    void rejectsMorePrincipalsThanAnIamPolicyHolds() {
        String people = IntStream.range(0, 80)
                .mapToObj(number ->
                        "    U0%03d: {name: A, principal: \"arn:aws:iam::111122223333:role/people-of-a-team/%1$050d\"}\n"
                                .formatted(number))
                .collect(Collectors.joining());
        assertThat(TestSettings.problems(TestSettings.dev().replace("  people:\n", "  people:\n" + people)))
                .singleElement()
                .asString()
                .startsWith("dev.yaml: access.people: the ARNs of all principals and clusters have ")
                .contains(" characters, expected at most 5500, because IAM limits the length of a policy");
    }

    /** The namespaces of all clusters are in another statement of the same policy. */
    @Test
    void rejectsMoreNamespacesThanAnIamPolicyHolds() {
        String names = IntStream.range(0, 100).mapToObj("team-%058d"::formatted).collect(Collectors.joining(", "));
        assertThat(TestSettings.problems(TestSettings.dev()
                        .replace(
                                "namespaces: [reverser]}\n  people",
                                "namespaces: [" + names + ", reverser]}\n  people")))
                .singleElement()
                .asString()
                .startsWith("dev.yaml: access.clusters: the names of all namespaces and the ARNs of all clusters have ")
                .contains(" characters, expected at most 5500, because IAM limits the length of a policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "access: []", "access: 7", "access: {}", "access:"})
    void rejectsInvalidPolicyDocuments(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    private static List<String> problems(String access) {
        String dev = TestSettings.dev();
        return TestSettings.problems(dev.substring(0, dev.indexOf("\naccess:") + 1) + access);
    }
}
