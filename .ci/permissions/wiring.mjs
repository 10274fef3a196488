// The calls that AWS's services make because the templates connect resources: a schedule that calls a function, a topic that sends to a
// queue. The emulator makes these calls without asking for permission. Every resource type of the templates is listed, here as
// connecting others or as not, so that a new type cannot go unnoticed.
import { readSettings } from './expectations.mjs'

const docs = {
  alarm: 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
  alarmKey: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
  api: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html',
  bucketCleaner: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html',
  destination: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  eksRole: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html',
  flowLog: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html',
  functionLog: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
  functionRole: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html',
  functionVpc: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  github: 'https://docs.github.com/en/actions/reference/security/oidc',
  loadBalancerLog: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html',
  nodeRole: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html',
  pod: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html',
  queue: 'https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html',
  queueKey: 'https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html',
  queueMapping: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  rotation: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html',
  schedule: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html',
  scheduleGroup: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html',
  scheduleQueue: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html',
  serviceAccount: 'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html',
  streamFailure: 'https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html',
  streamMapping: 'https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-create-eventsourcemapping.html',
}

const FOREIGN_ACCOUNT = '999999999999'

/** Types whose resources make AWS call nothing that a policy in the templates would have to allow. */
const PLAIN = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration', // asked for each route
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::EIP',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::NatGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCCidrBlock',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECR::Repository',
  'AWS::EKS::AccessEntry',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Policy', // read with the roles
  'AWS::KMS::Key',
  'AWS::Lambda::Alias',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission', // allows the calls of routes and rotations
  'AWS::Lambda::Version',
  'AWS::RDS::DBClusterParameterGroup',
  'AWS::RDS::DBSubnetGroup',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SSM::Parameter',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::SecretTargetAttachment',
  'Custom::AWSCDKCfnJson',
])

/** For each type that connects resources: its calls, from the resource and its properties. */
const CONNECTING = {
  'AWS::ApiGatewayV2::Route': (env, { properties: { ApiId, AuthorizationType, RouteKey, Target } }) => {
    mustBe(AuthorizationType, 'NONE')
    const integration = only(env, 'AWS::ApiGatewayV2::Integration', (each) => Target.endsWith(each.ref)).properties
    mustBe(integration.IntegrationType, 'AWS_PROXY')
    const stage = only(env, 'AWS::ApiGatewayV2::Stage', (each) => each.properties.ApiId === ApiId).properties.StageName
    const [method, path] = RouteKey.split(' ')
    const source = (api) => ({ 'aws:SourceArn': `arn:aws:execute-api:${env.region}:${env.account}:${api}/${stage}/${method}${path}` })
    return service('apigateway.amazonaws.com', 'lambda:InvokeFunction', integration.IntegrationUri, source(ApiId), docs.api, source('otherapi'))
  },

  // API Gateway writes its access log with the permissions of the resource policy that CloudWatch Logs makes for it.
  'AWS::ApiGatewayV2::Stage': () => [],

  'AWS::CloudWatch::Alarm': alarmActions,
  'AWS::CloudWatch::CompositeAlarm': alarmActions,

  'AWS::DynamoDB::GlobalTable': (env, { properties }) => {
    mustBe(properties.SSESpecification?.SSEType, undefined)
    return []
  },

  'AWS::EC2::FlowLog': (env, { properties: { DeliverLogsPermissionArn, LogDestinationType, LogGroupName } }) => {
    mustBe(LogDestinationType, 'cloud-watch-logs')
    const stream = `arn:aws:logs:${env.region}:${env.account}:log-group:${LogGroupName}:log-stream:eni-1`
    return [
      ...assume(env, 'vpc-flow-logs.amazonaws.com', DeliverLogsPermissionArn, docs.flowLog),
      ...by(env, DeliverLogsPermissionArn, ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], stream, docs.flowLog),
    ]
  },

  // An add-on's own service account would need a role.
  'AWS::EKS::Addon': (env, { properties }) => {
    mustBe(properties.ServiceAccountRoleArn ?? properties.PodIdentityAssociations, undefined)
    return []
  },

  'AWS::EKS::Cluster': (env, { properties }) => assume(env, 'eks.amazonaws.com', properties.RoleArn, docs.eksRole),

  'AWS::EKS::Nodegroup': (env, { properties }) => assume(env, 'ec2.amazonaws.com', properties.NodeRole, docs.nodeRole),

  'AWS::EKS::PodIdentityAssociation': (env, { properties }) => [
    ...assume(env, 'pods.eks.amazonaws.com', properties.RoleArn, docs.pod),
    ...service('pods.eks.amazonaws.com', 'sts:TagSession', properties.RoleArn, {}, docs.pod),
  ],

  'AWS::IAM::Role': (env, { name, arn, properties }) =>
    properties.AssumeRolePolicyDocument.Statement.filter(({ Principal }) => Principal.Federated).flatMap(
      ({ Action, Principal: { Federated } }) => {
        mustBe(Action, 'sts:AssumeRoleWithWebIdentity')
        return webIdentity(env, name, arn, Federated)
      },
    ),

  'AWS::Lambda::EventInvokeConfig': (env, { properties: { DestinationConfig, FunctionName } }) =>
    Object.values(DestinationConfig ?? {}).flatMap(({ Destination }) =>
      by(env, roleOf(env, FunctionName), sendAction(Destination), Destination, docs.destination),
    ),

  'AWS::Lambda::EventSourceMapping': (env, { properties: { DestinationConfig, EventSourceArn, FunctionName } }) => {
    const role = roleOf(env, FunctionName)
    const polls = {
      sqs: [['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], docs.queueMapping],
      dynamodb: [['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], docs.streamMapping],
    }
    const [actions, document] = known(polls, EventSourceArn.split(':')[2], 'event source')
    const failed = DestinationConfig?.OnFailure?.Destination
    return [
      ...by(env, role, actions, EventSourceArn, document),
      ...(failed ? by(env, role, sendAction(failed), failed, docs.streamFailure) : []),
    ]
  },

  'AWS::Lambda::Function': (env, { physical, properties }) => {
    mustBe(properties.DeadLetterConfig ?? properties.KmsKeyArn, undefined)
    const stream = `arn:aws:logs:${env.region}:${env.account}:log-group:${properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${physical}`}:log-stream:1`
    const interfaces = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets']
    const managed = managedPolicies(env, properties.Role)
    return [
      ...assume(env, 'lambda.amazonaws.com', properties.Role, docs.functionRole),
      ...(managed.some((name) => name.endsWith('/AWSLambdaBasicExecutionRole'))
        ? []
        : by(env, properties.Role, ['logs:CreateLogStream', 'logs:PutLogEvents'], stream, docs.functionLog)),
      ...(properties.VpcConfig && !managed.some((name) => name.endsWith('/AWSLambdaVPCAccessExecutionRole'))
        ? by(env, properties.Role, interfaces, '*', docs.functionVpc)
        : []),
    ]
  },

  // A key of ours would have to let CloudWatch Logs encrypt with it.
  'AWS::Logs::LogGroup': (env, { properties }) => {
    mustBe(properties.KmsKeyId, undefined)
    return []
  },

  'AWS::RDS::DBCluster': (env, { properties }) => {
    mustBe(properties.MonitoringRoleArn ?? properties.AssociatedRoles, undefined)
    return []
  },

  'AWS::RDS::DBInstance': (env, { properties }) => {
    mustBe(properties.MonitoringRoleArn, undefined)
    return []
  },

  // The AWS Load Balancer Controller makes load balancers that log into the bucket for access logs.
  'AWS::S3::Bucket': (env, { arn, properties }) => {
    mustBe(properties.NotificationConfiguration ?? properties.ReplicationConfiguration ?? properties.LoggingConfiguration, undefined)
    const source = (account) => ({ 'aws:SourceArn': `arn:aws:elasticloadbalancing:${env.region}:${account}:loadbalancer/app/k8s/1` })
    const log = `${arn}/reverser/AWSLogs/${env.account}/log.gz`
    return service('logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject', log, source(env.account), docs.loadBalancerLog, source(FOREIGN_ACCOUNT))
  },

  'AWS::SNS::Subscription': (env, { properties: { Endpoint, Protocol, TopicArn, RedrivePolicy } }) => {
    mustBe(RedrivePolicy, undefined)
    // Mail needs the recipient's confirmation, and no permission.
    if (Protocol === 'email') return []
    mustBe(Protocol, 'sqs')
    const key = only(env, 'AWS::SQS::Queue', (each) => each.arn === Endpoint).properties.KmsMasterKeyId
    return [
      ...service('sns.amazonaws.com', 'sqs:SendMessage', Endpoint, { 'aws:SourceArn': TopicArn }, docs.queue, { 'aws:SourceArn': `${TopicArn}-other` }),
      ...(key ? ['kms:Decrypt', 'kms:GenerateDataKey'].flatMap((action) => service('sns.amazonaws.com', action, key, {}, docs.queueKey)) : []),
    ]
  },

  'AWS::SNS::Topic': () => [],

  // SQS moves messages to the dead-letter queue by itself, unless that queue's own settings refuse it.
  'AWS::SQS::Queue': (env, { properties }) => {
    const target = properties.RedrivePolicy?.deadLetterTargetArn
    if (target) mustBe(only(env, 'AWS::SQS::Queue', (each) => each.arn === target).properties.RedriveAllowPolicy, undefined)
    return []
  },

  'AWS::Scheduler::Schedule': (env, { properties: { GroupName, Target } }) => {
    const source = (group) => ({ 'aws:SourceAccount': env.account, 'aws:SourceArn': `arn:aws:scheduler:${env.region}:${env.account}:schedule-group/${group}` })
    const queue = Target.DeadLetterConfig?.Arn
    mustBe(Target.Arn.split(':')[2], 'lambda')
    return [
      ...service('scheduler.amazonaws.com', 'sts:AssumeRole', Target.RoleArn, source(GroupName), docs.scheduleGroup, source('default')),
      ...by(env, Target.RoleArn, 'lambda:InvokeFunction', Target.Arn, docs.schedule),
      ...(queue ? by(env, Target.RoleArn, 'sqs:SendMessage', queue, docs.scheduleQueue) : []),
    ]
  },

  'AWS::SecretsManager::RotationSchedule': (env, { properties: { RotationLambdaARN, SecretId } }) => {
    const source = (secret, account) => ({ 'aws:SourceAccount': account, 'aws:SourceArn': secret })
    const own = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage']
    const invoke = (foreign) =>
      service('secretsmanager.amazonaws.com', 'lambda:InvokeFunction', RotationLambdaARN, source(SecretId, env.account), docs.rotation, foreign)
    return [
      ...invoke(source(`${SecretId}-other`, env.account)),
      ...invoke(source(SecretId, FOREIGN_ACCOUNT)).slice(1),
      ...by(env, roleOf(env, RotationLambdaARN), own, SecretId, docs.rotation),
    ]
  },

  'Custom::AWSCDK-EKS-HelmChart': (env, { properties: { ServiceToken } }) => {
    const handler = env.arn('cluster/ClusterKubectlProviderHandler')
    return by(env, roleOf(env, ServiceToken), 'lambda:InvokeFunction', handler, docs.functionRole)
  },

  'Custom::S3AutoDeleteObjects': (env, { properties: { BucketName, ServiceToken } }) => [
    ...by(env, roleOf(env, ServiceToken), ['s3:GetBucketTagging', 's3:ListBucketVersions', 's3:PutBucketPolicy'], `arn:aws:s3:::${BucketName}`, docs.bucketCleaner),
    ...by(env, roleOf(env, ServiceToken), 's3:DeleteObject', `arn:aws:s3:::${BucketName}/log`, docs.bucketCleaner),
  ],

  'Custom::Trigger': (env, { properties: { HandlerArn, ServiceToken } }) =>
    by(env, roleOf(env, ServiceToken), 'lambda:InvokeFunction', HandlerArn, docs.functionRole),
}

/**
 * The calls that services make with the resources of an environment.
 *
 * @returns {allowed, denied}: lists of {name, principal, action, resource, context, document}; denied are the same calls on behalf of a
 *     resource that is not connected
 */
export function wiringCalls(env) {
  const calls = [...env.resources.values()].flatMap((resource) => {
    if (PLAIN.has(resource.type)) return []
    try {
      return known(CONNECTING, resource.type, 'resource type, which may connect resources')(env, resource).map((call) => ({ name: resource.name, ...call }))
    } catch (failure) {
      throw new Error(`wiring.mjs: ${env.name}: ${resource.name}: ${failure.message}`, { cause: failure })
    }
  })
  return {
    allowed: calls.filter(({ foreign }) => !foreign),
    denied: calls.filter(({ foreign }) => foreign).map((call) => ({ ...call, because: `${call.name} is not connected with the caller` })),
  }
}

function alarmActions(env, { arn, properties }) {
  const actions = ['AlarmActions', 'OKActions', 'InsufficientDataActions'].flatMap((name) => properties[name] ?? [])
  const source = (account) => ({ 'aws:SourceAccount': account, 'aws:SourceArn': arn.replace(`:${env.account}:`, `:${account}:`) })
  const ask = (action, resource, document) =>
    service('cloudwatch.amazonaws.com', action, resource, source(env.account), document, source(FOREIGN_ACCOUNT))
  return [...new Set(actions)].flatMap((topic) => {
    mustBe(topic.split(':')[2], 'sns')
    const key = only(env, 'AWS::SNS::Topic', (each) => each.arn === topic).properties.KmsMasterKeyId
    return [...ask('sns:Publish', topic, docs.alarm), ...(key ? ['kms:Decrypt', 'kms:GenerateDataKey'].flatMap((action) => ask(action, key, docs.alarmKey)) : [])]
  })
}

/** The tokens with which each role is assumed, and one that is like them. */
function webIdentity(env, name, arn, provider) {
  const { repository, branch, owner_id: owner, repository_id: id } = readSettings(env).delivery
  const github = `repo:${owner ? `${repository.replace('/', `@${owner}/`)}@${id}` : repository}`
  const tokens = {
    'app/ReverserRole': ['system:serviceaccount:reverser:reverser', 'system:serviceaccount:reverser:default', docs.serviceAccount],
    'argocd/SecretsRole': ['system:serviceaccount:argocd:argocd-secrets', 'system:serviceaccount:reverser:argocd-secrets', docs.serviceAccount],
    'delivery/deployer': [`${github}:ref:refs/heads/${branch}`, `${github}:pull_request`, docs.github],
    'delivery/imagepublisher': [`${github}:ref:refs/heads/${branch}`, `repo:fork/name:ref:refs/heads/${branch}`, docs.github],
    'delivery/reviewer': [`${github}:pull_request`, 'repo:fork/name:pull_request', docs.github],
  }
  const [subject, foreign, document] = known(tokens, name, 'role for web identities')
  const issuer = provider.split(':oidc-provider/')[1]
  const token = (sub, aud) => ({ [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud })
  const assumed = (other) => service(provider, 'sts:AssumeRoleWithWebIdentity', arn, token(subject, 'sts.amazonaws.com'), document, other)
  return [...assumed(token(foreign, 'sts.amazonaws.com')), ...assumed(token(subject, 'other')).slice(1)]
}

/** A call by a service, and, if given, the same call with another context, which must be denied. */
function service(principal, action, resource, context, document, foreignContext) {
  const call = { principal, action, resource, context, document }
  return foreignContext ? [call, { ...call, context: foreignContext, foreign: true }] : [call]
}

function assume(env, principal, role, document) {
  return service(principal, 'sts:AssumeRole', role, { 'aws:SourceAccount': env.account }, document)
}

/** Calls that a service makes as a role. */
function by(env, roleArn, actions, resource, document) {
  const role = [...env.roles.values()].find(({ arn }) => arn === roleArn)
  if (!role) throw new Error(`no template has the role ${roleArn}`)
  return [actions].flat().map((action) => ({ principal: role.name, action, resource, context: {}, document }))
}

function managedPolicies(env, roleArn) {
  return [...env.roles.values()].find(({ arn }) => arn === roleArn)?.managed ?? []
}

/** The role of a function, from its name or the ARN of it, a version or an alias. */
function roleOf(env, reference) {
  const name = reference.startsWith('arn:') ? reference.split(':')[6] : reference.split(':')[0]
  return only(env, 'AWS::Lambda::Function', (each) => each.physical === name).properties.Role
}

function sendAction(arn) {
  return known({ sqs: 'sqs:SendMessage', sns: 'sns:Publish' }, arn.split(':')[2], 'destination')
}

function only(env, type, test) {
  const found = [...env.resources.values()].filter((each) => each.type === type && test(each))
  if (found.length !== 1) throw new Error(`${found.length} resources of the type ${type} fit`)
  return found[0]
}

function known(table, key, what) {
  if (!(key in table)) throw new Error(`unknown ${what}: ${key}`)
  return table[key]
}

function mustBe(value, expected) {
  if (value !== expected) throw new Error(`unknown wiring: ${JSON.stringify(value)} instead of ${JSON.stringify(expected)}`)
}
