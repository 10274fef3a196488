package io.reverser.cdk.network;

import io.reverser.cdk.iam.PolicyStatements;
import io.reverser.cdk.names.PhysicalNames;
import io.reverser.cdk.settings.Settings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.constructs.Construct;

/** The bucket for access logs of load balancers, which support only encryption with S3-managed keys. */
final class AccessLogBucket extends Construct {

    AccessLogBucket(Construct scope, Settings settings) {
        super(scope, "AccessLogs");
        var bucket = Bucket.Builder.create(this, "Bucket")
                .bucketName(new PhysicalNames(settings).accessLogBucket())
                .encryption(BucketEncryption.S3_MANAGED)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .lifecycleRules(List.of(LifecycleRule.builder()
                        .expiration(Duration.days(settings.operations().logRetentionDays()))
                        .build()))
                .removalPolicy(settings.removalPolicy())
                .autoDeleteObjects(!settings.deletionProtection())
                .build();
        bucket.addToResourcePolicy(PolicyStatements.allowService(
                "logdelivery.elasticloadbalancing.amazonaws.com",
                List.of("s3:PutObject"),
                bucket.arnForObjects("*"),
                Map.of(
                        "ArnLike",
                        Map.of(
                                "aws:SourceArn",
                                "arn:aws:elasticloadbalancing:%s:%s:loadbalancer/*"
                                        .formatted(settings.region(), settings.account())))));
    }
}
