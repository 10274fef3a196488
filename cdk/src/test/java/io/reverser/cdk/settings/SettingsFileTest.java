package io.reverser.cdk.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

    private static final Path CONFIG = Path.of("config");

    @TempDir
    Path folder;

    @BeforeEach
    void copySchema() throws IOException {
        Files.copy(CONFIG.resolve("settings.schema.json"), folder.resolve("settings.schema.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void readsCommittedEnvironments(String environment) {
        Settings settings = SettingsFile.read(CONFIG, environment);
        assertThat(settings.name()).isEqualTo(environment);
        assertThat(settings.network().zones()).hasSize(3);
        assertThat(settings.cluster().standingAccess()).hasSize(3);
        assertThat(settings.access().clusters()).containsOnlyKeys(environment);
        assertThat(settings.rotation().windows().windows()).hasSize(2);
        assertThat(settings.deletionProtection()).isEqualTo(environment.equals("prod"));
    }

    /** Each row replaces a part of the settings of dev. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            account: "111122223333"       | account: 111122223333         | dev.yaml: account: found 111122223333, expected an account of 12 digits, in quotation marks
            account: "111122223333"       | account: "1111"               | dev.yaml: account: found "1111", expected an account of 12 digits
            account: "111122223333"       | acount: "111122223333"        | dev.yaml: acount: unknown key, did you mean account?
            region: eu-central-1\\n        | region: eu-central-1\\nregion: eu-west-1\\n | dev.yaml: Duplicate field 'region'
            region: eu-central-1\\n        | region: Frankfurt\\n           | dev.yaml: region: found "Frankfurt", expected a region like eu-central-1
            cidr: 10.0.0.0/16             | cidr: 10.0.0.0/8              | dev.yaml: network.cidr: found "10.0.0.0/8", expected an IPv4 range of /16 or /17
            cidr: 10.0.0.0/16             | cidr: 10.0.0.0/18             | dev.yaml: network.cidr: found "10.0.0.0/18", expected an IPv4 range of /16 or /17, like 10.0.0.0/16; the nine subnets do not fit into a smaller one
            cidr: 10.0.0.0/16             | cidr: 10.256.0.0/16           | dev.yaml: network.cidr: found "10.256.0.0/16", expected an IPv4 range
            cidr: 10.0.0.0/16             | cidr: 10.0.64.0/17            | dev.yaml: network.cidr: found "10.0.64.0/17", expected the first address of the range, 10.0.0.0/17
            cidr: 10.0.0.0/16             | cidr: 198.19.0.0/16           | dev.yaml: network.cidr: found "198.19.0.0/16", expected a private range, within one of 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16
            region: eu-central-1\\n        | region: us-gov-west-1\\n       | dev.yaml: region: found "us-gov-west-1", expected a region like eu-central-1; regions of China and of governments have other ARNs
            cidr: 10.0.0.0/16             | cidr: fd00::/48               | dev.yaml: network.cidr: found "fd00::/48"
            zones: [eu-central-1a, eu-central-1b, eu-central-1c] | zones: [eu-central-1a, eu-central-1b] | dev.yaml: network.zones: found ["eu-central-1a","eu-central-1b"], expected three different zones
            zones: [eu-central-1a, eu-central-1b, eu-central-1c] | zones: [eu-central-1a, eu-central-1a, eu-central-1c] | expected three different zones
            zones: [eu-central-1a, eu-central-1b, eu-central-1c] | zones: [us-east-1a, eu-central-1b, eu-central-1c] | dev.yaml: network.zones[0]: found "us-east-1a", expected a zone of eu-central-1
            nat_gateways: 1               | nat_gateways: 0               | dev.yaml: network.nat_gateways: found 0, expected a whole number from 1
            nat_gateways: 1               | nat_gateways: 4               | dev.yaml: network.nat_gateways: found 4, expected a whole number from 1 to 3
            nat_gateways: 1               | nat_gateways: many            | dev.yaml: network.nat_gateways: found "many"
            name: dev\\n                   | name: Dev Cluster\\n           | dev.yaml: cluster.name: found "Dev Cluster", expected lowercase letters, digits and hyphens
            name: dev\\n                   | name: a-cluster-of-26-characters\\n | dev.yaml: cluster.name: found "a-cluster-of-26-characters", expected lowercase letters, digits and hyphens, 2 to 25 of them
            name: dev\\n                   | name: internal-dev\\n          | dev.yaml: cluster.name: found "internal-dev", expected lowercase letters
            version: "1.35"               | version: 1.35                 | dev.yaml: cluster.version: found 1.35, expected a version of Kubernetes from "1.34" to "1.36", in quotation marks
            version: "1.35"               | version: "1.29"               | dev.yaml: cluster.version: found "1.29"
            allowed_cidrs: [203.0.113.0/24] | allowed_cidrs: [0.0.0.0/0]  | dev.yaml: cluster.allowed_cidrs[0]: found "0.0.0.0/0", expected an IPv4 range like 203.0.113.0/24; the whole Internet is refused
            allowed_cidrs: [203.0.113.0/24] | allowed_cidrs: [203.0.113.300/32] | dev.yaml: cluster.allowed_cidrs[0]: found "203.0.113.300/32", expected an IPv4 range
            allowed_cidrs: [203.0.113.0/24] | allowed_cidrs: [203.0.113.7/24] | dev.yaml: cluster.allowed_cidrs[0]: found "203.0.113.7/24", expected the first address of the range, 203.0.113.0/24
            allowed_cidrs: [203.0.113.0/24] | allowed_cidrs: [10.2.0.0/16] | dev.yaml: cluster.allowed_cidrs[0]: found "10.2.0.0/16", expected public addresses; 10.0.0.0/8 is private or reserved
            allowed_cidrs: [203.0.113.0/24] | allowed_cidrs: [203.0.113.0/24, 203.0.113.0/24] | dev.yaml: cluster.allowed_cidrs: found ["203.0.113.0/24","203.0.113.0/24"], expected a list of 1 to 30 different ranges
            type: m7i.large               | type: t3.micro                | dev.yaml: cluster.nodes.type: found "t3.micro", expected an instance type of at least large
            min: 2                     | min: 1                     | dev.yaml: cluster.nodes.min: found 1, expected at least 2
            max: 4                       | max: 1                       | dev.yaml: cluster.nodes.max: found 1, expected at least min, 2
            max: 4                       | max: 451                     | dev.yaml: cluster.nodes.max: found 451, expected a whole number from 1 to 450
            disk_gib: 50                 | disk_gib: 8                  | dev.yaml: cluster.nodes.disk_gib: found 8, expected a whole number from 20 to 16384
            policy: AmazonEKSClusterAdminPolicy}\\n    - | policy: ClusterAdmin}\\n    - | dev.yaml: cluster.standing_access[0].policy: found "ClusterAdmin", expected one of AmazonEKSViewPolicy,
            role/platform-admin           | role/                         | dev.yaml: cluster.standing_access[0].principal: found "arn:aws:iam::111122223333:role/", expected an IAM role or user
            role/platform-admin           | role/AWSReservedSSO_admin_1   | dev.yaml: cluster.standing_access[0].principal: found "arn:aws:iam::111122223333:role/AWSReservedSSO_admin_1", expected the role with its path
            arn:aws:iam::111122223333:role/platform-admin | arn:aws-cn:iam::111122223333:role/a | dev.yaml: cluster.standing_access[0].principal: found "arn:aws-cn:iam::111122223333:role/a", expected an IAM role or user
            role/read-only                | role/platform-admin           | dev.yaml: cluster.standing_access[1].principal: found "arn:aws:iam::111122223333:role/platform-admin", expected a principal that no other entry has
            role/read-only                | role/platform/admin           | dev.yaml: cluster.standing_access[1].principal: found "arn:aws:iam::111122223333:role/platform/admin", expected a principal that no other entry has
            namespaces: [reverser]}\\n\\n   | namespaces: ["*"]}\\n\\n       | dev.yaml: cluster.standing_access[2].namespaces[0]: found "*", expected the name of a namespace
            min_acu: 0.5               | min_acu: 0.3               | dev.yaml: database.min_acu: found 0.3, expected Aurora capacity units from 0.5 to 128, in halves
            max_acu: 8                   | max_acu: 0.0                 | dev.yaml: database.max_acu: found 0.0
            max_acu: 8                   | max_acu: 0.5                 | dev.yaml: database.max_acu: found 0.5, expected Aurora capacity units from 1 to 128, in halves
            name: reverser                | name: order                   | dev.yaml: database.name: found "order", expected a name that MySQL does not reserve
            backup_retention_days: 7                | backup_retention_days: 40               | dev.yaml: database.backup_retention_days: found 40, expected a whole number from 1 to 35
            deletion_protection: false    | deletion_protection: maybe    | dev.yaml: deletion_protection: found "maybe", expected true or false
            repository: example/reverser-platform | repository: https://github.com/example | dev.yaml: delivery.repository: found "https://github.com/example", expected a GitHub repository, owner/name
            repository: example/reverser-platform | repository: example/reverser-platform.git | dev.yaml: delivery.repository: found "example/reverser-platform.git", expected a GitHub repository
            branch: main                  | branch: refs/heads/main       | dev.yaml: delivery.branch: found "refs/heads/main", expected the name of a branch of at most 48 characters, without refs/heads/: the tags of alarms contain it
            branch: main                  | branch: main\\n  owner_id: 1  | dev.yaml: delivery.repository_id: found nothing, expected GitHub's numeric ID; set owner_id and repository_id together or neither
            branch: main                  | branch: main\\n  repository_id: 2 | dev.yaml: delivery.owner_id: found nothing, expected GitHub's numeric ID
            branch: main                  | branch: main\\n  owner_id: "1"\\n  repository_id: 2 | dev.yaml: delivery.owner_id: found "1", expected GitHub's numeric ID
            branch: main                  | branch: main\\n  owner_id: 1\\n  repository_id: 0 | dev.yaml: delivery.repository_id: found 0, expected GitHub's numeric ID
            log_retention_days: 30                  | log_retention_days: 31                  | dev.yaml: operations.log_retention_days: found 31, expected one of 1, 7, 14, 30, 90, 180, 365, 731
            slack_secret: platform/slack  | slack_secret: "my secret"     | dev.yaml: operations.slack_secret: found "my secret", expected the name of a secret
            slack_secret: platform/slack  | slack_secret: platform-secret | dev.yaml: operations.slack_secret: found "platform-secret", expected the name of a secret in Secrets Manager; its end must not look like that of an ARN
            host: argocd.dev.example.com  | host: https://argocd.example.com | dev.yaml: argocd.host: found "https://argocd.example.com", expected a host name like argocd.example.com
            certificate: arn:aws:acm:eu-central-1: | certificate: arn:aws:acm:us-east-1: | dev.yaml: argocd.certificate: found "arn:aws:acm:us-east-1:111122223333:certificate/0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9", expected the ARN of a certificate in eu-central-1
            certificate: arn:aws:acm:eu-central-1:111122223333 | certificate: arn:aws:acm:eu-central-1:999999999999 | expected the ARN of a certificate in the account 111122223333
            certificate: arn:aws:acm      | certificate: "*" # arn:aws:acm | dev.yaml: argocd.certificate: found "*"
            allowed_cidrs: [203.0.113.0/24]\\n  slack | allowed_cidrs: [0.0.0.0/0]\\n  slack | dev.yaml: argocd.allowed_cidrs[0]: found "0.0.0.0/0", expected an IPv4 range
            slack_channel: platform-dev   | slack_channel: "#platform"    | dev.yaml: argocd.slack_channel: found "#platform", expected a Slack channel's name without #
            git_secret: platform/git      | git_secret: [a, b]            | dev.yaml: delivery.git_secret: found ["a","b"], expected the name of a secret
            channel: C0ALARMS             | channel: "#alarms"            | dev.yaml: alarms.channel: found "#alarms", expected a channel ID
            names: ["*-database-*"]       | named: ["*-database-*"]       | dev.yaml: alarms.routes[1].named: unknown key, did you mean name?
            channel: C0PLATFORM           | channel: platform             | dev.yaml: rotation.channel: found "platform", expected a channel ID
            strategy: dual_password       | strategy: alternating_users   | dev.yaml: rotation.users: found nothing, expected two different users
            strategy: dual_password       | strategy: alternating_users\\n  users: [a, b] | dev.yaml: rotation.users: found ["a","b"], expected two different users, reverser and another
            strategy: dual_password       | strategy: alternating_users\\n  users: [reverser, administrator] | dev.yaml: rotation.users[1]: found "administrator", expected a MySQL user
            strategy: dual_password       | strategy: dual                | dev.yaml: rotation.strategy: found "dual", expected one of dual_password,
            max_age: 40d                  | max_age: 20d                  | dev.yaml: rotation.max_age: found "20d", expected more than rotate_after, 25d
            zone: Europe/Berlin, days     | zone: Berlin, days            | dev.yaml: rotation.windows[0].zone: found "Berlin", expected a time zone like Europe/Berlin
            start: "02:00"                | start: 02:00:00               | dev.yaml: rotation.windows[0].start: found "02:00:00", expected a time like "02:00"
            "0 22 * * SAT#1"              | "0 22 1-7 * SAT"              | dev.yaml: rotation.windows[1].cron: found "0 22 1-7 * SAT", expected minute, hour, day, month, day of the week: a day of the month or a day of the week, but not both
            bake: 10m                     | bake: 2h                      | dev.yaml: rotation.windows[0].cutoff: found "1h", expected at least 2h15m, which is rollout_timeout plus bake
            from: 2026-12-20              | from: 2026-12-32              | dev.yaml: rotation.blackouts[0].from: found "2026-12-32", expected a date
            alarm_emails: [on-call@example.com] | alarm_emails: []            | dev.yaml: operations.alarm_emails: found [], expected a list with at least one entry
            alarm_emails: [on-call@example.com] | alarm_emails: [a@b.c, a@b.c] | dev.yaml: operations.alarm_emails: found ["a@b.c","a@b.c"], expected a list with at least one entry, each only once
            alarm_emails: [on-call@example.com] | alarm_emails: [on-call]     | dev.yaml: operations.alarm_emails[0]: found "on-call", expected an e-mail address
            approvals: C0EXAMPLE          | approvals: general            | dev.yaml: access.slack.approvals: found "general"
            network:\\n                    | network: none\\nnetwork_:\\n    | dev.yaml: network: found "none", expected a section with the keys cidr, zones, nat_gateways
            network:\\n                    | network:\\n - [\\n              | dev.yaml:
            """)
    void reportsProblems(String good, String wrong, String said) throws IOException {
        String text = Files.readString(CONFIG.resolve("dev.yaml"));
        String old = good.replace("\\n", "\n");
        assertThat(text).contains(old);
        Files.writeString(folder.resolve("dev.yaml"), text.replace(old, wrong.replace("\\n", "\n")));
        assertThat(readInvalid("dev").problems()).anyMatch(problem -> problem.contains(said));
    }

    /**
     * Each row uses a key from an earlier version of the settings, and expects the message with the key that replaces
     * it.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            cluster.endpoint_from              | allowed_cidrs: [203.0.113.0/24]\\n  nodes | endpoint_from: [203.0.113.0/24]\\n  nodes | `allowed_cidrs`
            cluster.nodes.fewest               | min: 2                     | fewest: 2               | `min`
            cluster.nodes.most                 | max: 4                     | most: 4                 | `max`
            database.fewest_acu                | min_acu: 0.5               | fewest_acu: 0.5         | `min_acu`
            database.most_acu                  | max_acu: 8                 | most_acu: 8             | `max_acu`
            database.backup_days               | backup_retention_days: 7   | backup_days: 7          | `backup_retention_days`
            database.protected                 | backup_retention_days: 7   | backup_retention_days: 7\\n  protected: true | `deletion_protection` at the top level of the file
            argocd.from                        | allowed_cidrs: [203.0.113.0/24]\\n  slack | from: [203.0.113.0/24]\\n  slack | `allowed_cidrs`
            operations.alarm_mail              | alarm_emails:              | alarm_mail:             | `alarm_emails`
            operations.log_days                | log_retention_days: 30     | log_days: 30            | `log_retention_days`
            rotation.due_after                 | rotate_after: 25d          | due_after: 25d          | `rotate_after`
            rotation.promise                   | max_age: 40d               | promise: 40d            | `max_age`
            rotation.rollout_within            | rollout_timeout: 15m       | rollout_within: 15m     | `rollout_timeout`
            rotation.quiet_alarms              | blocking_alarms:           | quiet_alarms:           | `blocking_alarms`
            rotation.blackouts[0].why          | reason: the year ends      | why: the year ends      | `reason`
            access.rules[0].usual              | default_duration: 1h       | usual: 1h               | `default_duration`
            access.rules[0].longest            | max_duration: 8h           | longest: 8h             | `max_duration`
            access.rules[0].silent_approvers   | max_duration: 8h,          | max_duration: 8h, silent_approvers: [leads], | `unnotified_approvers`
            """)
    void reportsTheNewNameOfAnOldKey(String key, String current, String old, String newName) throws IOException {
        String text = Files.readString(CONFIG.resolve("dev.yaml"));
        assertThat(text).contains(current.replace("\\n", "\n"));
        Files.writeString(
                folder.resolve("dev.yaml"), text.replace(current.replace("\\n", "\n"), old.replace("\\n", "\n")));
        assertThat(readInvalid("dev").problems())
                .containsExactly("dev.yaml: %s: found `%s`, which is now %s"
                        .formatted(key, key.replaceFirst(".*\\.", ""), newName));
    }

    @Test
    void validatesTheValueOfAnOldKey() {
        assertThat(TestSettings.problems(TestSettings.dev()
                        .replace("default_duration: 1h, max_duration: 8h", "usual: 1h, longest: long")))
                .containsExactly(
                        "dev.yaml: access.rules[0].usual: found `usual`, which is now `default_duration`",
                        "dev.yaml: access.rules[0].longest: found `longest`, which is now `max_duration`",
                        "dev.yaml: access.rules[0].max_duration: found \"long\", expected a duration like 30m,"
                                + " 1h30m, 8h or 1d");
    }

    @Test
    void prefersTheNewKeyToTheOldOne() {
        assertThat(TestSettings.problems(TestSettings.dev()
                        .replace(
                                "default_duration: 1h, max_duration: 8h",
                                "usual: long, default_duration: 1h, max_duration: 8h")))
                .containsExactly("dev.yaml: access.rules[0].usual: found `usual`, which is now `default_duration`");
    }

    @Test
    void fillsInDefaults() {
        String dev = TestSettings.dev();
        assertThat(dev).contains("deletion_protection: false\n", "nat_gateways: 1\n", ", min: 2, max: 4, disk_gib: 50");
        Settings settings = TestSettings.read(dev.replace("deletion_protection: false\n", "")
                .replaceAll("(nat_gateways|backup_retention_days|log_retention_days|allowed_cidrs): .*\n", "\n")
                .replace(", min: 2, max: 4, disk_gib: 50", ""));
        assertThat(settings.deletionProtection()).isFalse();
        assertThat(settings.network().natGateways()).isOne();
        assertThat(settings.cluster().nodes()).isEqualTo(new ClusterSettings.NodeGroup("m7i.large", 2, 2, 50));
        assertThat(settings.cluster().allowedCidrs()).isEmpty();
        assertThat(settings.argocd().allowedCidrs()).isEmpty();
        assertThat(settings.database().backupRetentionDays()).isEqualTo(7);
        assertThat(settings.operations().logRetentionDays()).isEqualTo(30);
        assertThat(settings.accessJson().at("/rules/0"))
                .isEqualTo(settings.accessJson()
                        .at("/rules/0")
                        .<ObjectNode>deepCopy()
                        .put("quorum", 1)
                        .put("break_glass", false)
                        .put("expires_after", "4h")
                        .put("remind_after", "1h"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "text", "account:"})
    void rejectsOtherDocuments(String text) {
        assertThat(TestSettings.problems(text)).isNotEmpty();
    }

    /** A block scalar of YAML ends with a line break, which would end up in names and ARNs. */
    @Test
    void rejectsTrailingLineBreak() {
        assertThat(TestSettings.problems(
                        TestSettings.dev().replace("region: eu-central-1\n", "region: |\n  eu-central-1\n")))
                .contains("dev.yaml: region: found \"eu-central-1\\n\", expected a region like eu-central-1;"
                        + " regions of China and of governments have other ARNs");
    }

    /** The numeric IDs of GitHub repositories no longer fit into an int. */
    @Test
    void buildsTheSubjectOfGitHubTokens() throws IOException {
        assertThat(SettingsFile.read(CONFIG, "dev").delivery().subject()).isEqualTo("repo:example/reverser-platform");
        Files.writeString(
                folder.resolve("dev.yaml"),
                Files.readString(CONFIG.resolve("dev.yaml"))
                        .replace("branch: main", "branch: main\n  owner_id: 12\n  repository_id: 3000000000"));
        assertThat(SettingsFile.read(folder, "dev").delivery().subject())
                .isEqualTo("repo:example@12/reverser-platform@3000000000");
    }

    @Test
    void reportsAllProblemsAtOnce() throws IOException {
        String text = Files.readString(CONFIG.resolve("dev.yaml"));
        Files.writeString(
                folder.resolve("dev.yaml"),
                text.replace("nat_gateways: 1", "nat_gateways: 9")
                        .replace("log_retention_days: 30", "log_retention_days: 31")
                        .replace("approvals: C0EXAMPLE", "approvals: general"));
        assertThat(readInvalid("dev").problems()).hasSize(3).allMatch(problem -> problem.startsWith("dev.yaml: "));
    }

    /** The name of an environment begins the names of a load balancer, a bucket, an image repository and a database. */
    @ParameterizedTest
    @ValueSource(strings = {"an-environment-of-24-cha", "Dev", "dev--1", "dev-", "1dev", "internal-dev", "sthree-dev"})
    void rejectsEnvironmentNamesThatAwsRefuses(String environment) throws IOException {
        Files.copy(CONFIG.resolve("dev.yaml"), folder.resolve(environment + ".yaml"));
        assertThat(readInvalid(environment).problems())
                .containsExactly(environment
                        + ".yaml: the environment has the name of this file, which begins the names of load balancers and"
                        + " buckets; expected at most 23 lowercase letters and digits, in groups between single hyphens,"
                        + " not beginning with internal-, sthree- or amzn-s3-demo-");
    }

    /** The name of the bucket of access logs also contains the region. */
    @Test
    void limitsEnvironmentNamesByTheRegion() throws IOException {
        String environment = "an-environment-of-23-ch";
        String text = Files.readString(CONFIG.resolve("dev.yaml"));
        Files.writeString(folder.resolve(environment + ".yaml"), text);
        assertThat(SettingsFile.read(folder, environment).name()).isEqualTo(environment);
        Files.writeString(folder.resolve(environment + ".yaml"), text.replace("eu-central-1", "ap-southwesteast-1"));
        assertThat(readInvalid(environment).problems())
                .singleElement()
                .asString()
                .contains("expected at most 19 lowercase letters");
    }

    @Test
    void rejectsUnknownEnvironment() {
        assertThat(readInvalid("staging"))
                .hasMessageContaining("staging.yaml: cannot be read; there is no environment staging");
    }

    @Test
    void reportsTheLineThatIsNotUtf8() throws IOException {
        Files.writeString(folder.resolve("dev.yaml"), "# für Entwürfe\n", StandardCharsets.ISO_8859_1);
        assertThat(readInvalid("dev").problems())
                .containsExactly(
                        "dev.yaml: line 1 is not UTF-8: found the byte 0xFC; save the file with the encoding UTF-8");
    }

    @Test
    void reportsWhyAnExistingFileCannotBeRead() throws IOException {
        Files.createDirectory(folder.resolve("dev.yaml"));
        assertThat(readInvalid("dev"))
                .hasMessageContaining("dev.yaml: cannot be read (")
                .hasMessageNotContaining("no environment");
    }

    private InvalidSettingsException readInvalid(String environment) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> SettingsFile.read(folder, environment));
    }
}
