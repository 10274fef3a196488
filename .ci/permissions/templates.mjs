// Reads the CloudFormation templates of an environment, and resolves their references to the ARNs and names that a deployment would
// have. Where CloudFormation would generate a name, a stand-in derived from the logical ID is used.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const HASH = /[0-9A-F]{8}$/
const SECRET_SUFFIX = 'AbCdEf'

/** How `Ref` and `Fn::GetAtt` of a resource resolve: functions of the environment, the resource's name and its properties. */
const TYPES = {
  'AWS::IAM::Role': {
    name: 'RoleName',
    arn: (env, name, properties) => `arn:aws:iam::${env.account}:role${properties.Path ?? '/'}${name}`,
  },
  'AWS::IAM::OIDCProvider': {
    arn: (env, name, properties) =>
      `arn:aws:iam::${env.account}:oidc-provider/${properties.Url.replace('https://', '')}`,
    ref: 'arn',
  },
  'AWS::Lambda::Function': { name: 'FunctionName', arn: (env, name) => regional(env, 'lambda', `function:${name}`) },
  'AWS::Lambda::Version': {
    arn: (env, name, properties) => `${functionArn(env, properties.FunctionName)}:1`,
    ref: 'arn',
    attributes: () => ({ Version: '1' }),
  },
  'AWS::Lambda::Alias': {
    arn: (env, name, properties) => `${functionArn(env, properties.FunctionName)}:${properties.Name}`,
    ref: 'arn',
  },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    arn: (env, name) => regional(env, 'sqs', name),
    ref: (env, name) => `https://sqs.${env.region}.amazonaws.com/${env.account}/${name}`,
    attributes: (env, name) => ({ QueueName: name }),
  },
  'AWS::SNS::Topic': { name: 'TopicName', arn: (env, name) => regional(env, 'sns', name), ref: 'arn' },
  'AWS::SecretsManager::Secret': {
    name: 'Name',
    arn: (env, name) => regional(env, 'secretsmanager', `secret:${name}-${SECRET_SUFFIX}`),
    ref: 'arn',
  },
  'AWS::SecretsManager::SecretTargetAttachment': {
    arn: (env, name, properties) => properties.SecretId,
    ref: 'arn',
  },
  'AWS::DynamoDB::GlobalTable': {
    name: 'TableName',
    arn: (env, name) => regional(env, 'dynamodb', `table/${name}`),
    attributes: (env, name) => ({
      StreamArn: regional(env, 'dynamodb', `table/${name}/stream/2026-01-01T00:00:00.000`),
    }),
  },
  'AWS::KMS::Key': { arn: (env, name) => regional(env, 'kms', `key/${name}`) },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', arn: (env, name) => regional(env, 'logs', `log-group:${name}:*`) },
  'AWS::S3::Bucket': { name: 'BucketName', arn: (env, name) => `arn:aws:s3:::${name}` },
  'AWS::ECR::Repository': { name: 'RepositoryName', arn: (env, name) => regional(env, 'ecr', `repository/${name}`) },
  'AWS::EKS::Cluster': {
    name: 'Name',
    arn: (env, name) => regional(env, 'eks', `cluster/${name}`),
    attributes: (env) => ({ OpenIdConnectIssuerUrl: `https://oidc.eks.${env.region}.amazonaws.com/id/EXAMPLE` }),
  },
  'AWS::RDS::DBCluster': {
    name: 'DBClusterIdentifier',
    arn: (env, name) => regional(env, 'rds', `cluster:${name.toLowerCase()}`),
    ref: (env, name) => name.toLowerCase(),
  },
  'AWS::Scheduler::ScheduleGroup': {
    name: 'Name',
    arn: (env, name) => regional(env, 'scheduler', `schedule-group/${name}`),
  },
  'AWS::Scheduler::Schedule': {
    name: 'Name',
    arn: (env, name, properties) => regional(env, 'scheduler', `schedule/${properties.GroupName}/${name}`),
  },
  'AWS::ApiGatewayV2::Api': {
    arn: (env, name) => `arn:aws:apigateway:${env.region}::/apis/${name}`,
    attributes: (env, name) => ({ ApiEndpoint: `https://${name}.execute-api.${env.region}.amazonaws.com` }),
  },
  'AWS::CloudWatch::Alarm': { name: 'AlarmName', arn: (env, name) => regional(env, 'cloudwatch', `alarm:${name}`) },
  'Custom::AWSCDKCfnJson': { attributes: (env, name, properties) => ({ Value: JSON.parse(properties.Value) }) },
}

/** Where each type of resource policy names its resources. The check fails on a type with "Policy" in its name that is not here. */
const RESOURCE_POLICIES = {
  'AWS::SQS::QueuePolicy': 'Queues',
  'AWS::SNS::TopicPolicy': 'Topics',
  'AWS::S3::BucketPolicy': 'Bucket',
  'AWS::SecretsManager::ResourcePolicy': 'SecretId',
}
const OTHER_POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy']

/**
 * The resources of the templates in a folder of cdk.out. The names of roles and resources are those of the golden files:
 * `functions/AccessGranterRole` is the logical ID in the stack `functions`, without the hash.
 */
export function loadEnvironment(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json')))
  const stacks = Object.values(manifest.artifacts).filter((artifact) => artifact.type === 'aws:cloudformation:stack')
  const [, account, region] = /^aws:\/\/(\d+)\/(.+)$/.exec(stacks[0].environment)
  const files = readdirSync(folder).filter((file) => file.endsWith('.template.json'))
  const prefix = files[0].split('-')[0]
  const env = { name: prefix, account, region, resources: new Map(), roles: new Map() }
  const templates = files.map((file) => ({
    stack: file.slice(prefix.length + 1, -'.template.json'.length),
    template: JSON.parse(readFileSync(join(folder, file))),
  }))
  new Resolver(env, templates).resolveAll()
  attachIdentityPolicies(env)
  attachResourcePolicies(env)
  env.arn = (name) => {
    const arn = env.resources.get(name)?.arn
    if (!arn) throw new Error(`${env.name}: no resource ${name} with an ARN`)
    return arn
  }
  return env
}

class Resolver {
  constructor(env, templates) {
    this.env = env
    this.templates = templates
    this.exports = new Map()
    for (const { stack, template } of templates)
      for (const output of Object.values(template.Outputs ?? {}))
        if (output.Export) this.exports.set(output.Export.Name, { stack, template, value: output.Value })
  }

  resolveAll() {
    for (const { stack, template } of this.templates)
      for (const id of Object.keys(template.Resources)) this.resource(stack, template, id)
  }

  resource(stack, template, id) {
    const key = `${stack}/${id.replace(HASH, '')}`
    const known = this.env.resources.get(key)
    if (known?.id === id) return known
    // Without the hash, two logical IDs of a stack may be equal. Only roles, which the tables name, must be unique.
    const { Type: type, Properties: raw = {} } = template.Resources[id]
    const name = known ? `${stack}/${id}` : key
    const resource = { name, id, stack, type }
    this.env.resources.set(name, resource)
    const definition = TYPES[type] ?? {}
    const own = definition.name && raw[definition.name]
    resource.physical = own ? this.value(stack, template, own) : `${this.env.name}-${stack}-${id.replace(HASH, '')}`
    const properties = this.value(stack, template, raw)
    resource.properties = properties
    resource.arn = definition.arn?.(this.env, resource.physical, properties)
    resource.attributes = {
      ...(resource.arn && { Arn: resource.arn }),
      ...definition.attributes?.(this.env, resource.physical, properties),
    }
    resource.ref =
      definition.ref === 'arn'
        ? resource.arn
        : (definition.ref?.(this.env, resource.physical, properties) ?? resource.physical)
    return resource
  }

  value(stack, template, node) {
    const resolve = (child) => this.value(stack, template, child)
    if (Array.isArray(node)) return node.map(resolve).filter((item) => item !== undefined)
    if (node === null || typeof node !== 'object') return node
    const [key] = Object.keys(node)
    if (Object.keys(node).length === 1) {
      const argument = node[key]
      switch (key) {
        case 'Ref':
          return this.reference(stack, template, argument)
        case 'Fn::GetAtt': {
          const [id, attribute] = Array.isArray(argument) ? argument : argument.split('.')
          const resource = this.resource(stack, template, id)
          return resource.attributes?.[attribute] ?? `${resource.physical}.${attribute}`
        }
        case 'Fn::ImportValue': {
          const exported = this.exports.get(resolve(argument))
          if (!exported) throw new Error(`${stack}: nothing exports ${JSON.stringify(argument)}`)
          return this.value(exported.stack, exported.template, exported.value)
        }
        case 'Fn::Join':
          return resolve(argument[1]).join(argument[0])
        case 'Fn::Split':
          return String(resolve(argument[1])).split(argument[0])
        case 'Fn::Select':
          return resolve(argument[1])[Number(argument[0])] ?? ''
        case 'Fn::Sub': {
          const [text, variables] = Array.isArray(argument) ? argument : [argument, {}]
          return text.replace(/\$\{([^}!]+)\}/g, (all, name) =>
            name in variables
              ? resolve(variables[name])
              : name.includes('.')
                ? resolve({ 'Fn::GetAtt': name.split('.') })
                : resolve({ Ref: name }),
          )
        }
        case 'Fn::If':
          return resolve(argument[1])
        case 'Fn::Cidr':
          return ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24']
      }
    }
    return Object.fromEntries(
      Object.entries(node)
        .map(([name, child]) => [name, resolve(child)])
        .filter(([, child]) => child !== undefined),
    )
  }

  reference(stack, template, name) {
    const { account, region } = this.env
    const pseudo = {
      'AWS::Partition': 'aws',
      'AWS::Region': region,
      'AWS::AccountId': account,
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': `${this.env.name}-${stack}`,
    }
    if (name === 'AWS::NoValue') return undefined
    if (name in pseudo) return pseudo[name]
    if (template.Resources[name]) return this.resource(stack, template, name).ref
    return template.Parameters?.[name]?.Default ?? name
  }
}

function regional(env, service, resource) {
  return `arn:aws:${service}:${env.region}:${env.account}:${resource}`
}

function functionArn(env, function_) {
  return function_.startsWith('arn:') ? function_ : regional(env, 'lambda', `function:${function_}`)
}

function attachIdentityPolicies(env) {
  const byName = new Map()
  for (const resource of all(env, 'AWS::IAM::Role')) {
    const { AssumeRolePolicyDocument: trust, Policies = [], ManagedPolicyArns = [], PermissionsBoundary } = resource.properties
    const role = {
      name: resource.name,
      arn: resource.arn,
      trust,
      policies: Policies.map((policy) => ({ name: policy.PolicyName, policy: policy.PolicyDocument })),
      managed: ManagedPolicyArns,
      boundary: PermissionsBoundary,
    }
    env.roles.set(resource.name, role)
    byName.set(resource.ref, role)
  }
  for (const type of OTHER_POLICIES)
    for (const { name, properties } of all(env, type))
      for (const role of properties.Roles ?? []) {
        if (!byName.has(role)) throw new Error(`${name}: no template has the role ${role}`)
        byName.get(role).policies.push({ name: properties.PolicyName ?? name, policy: properties.PolicyDocument })
      }
}

function attachResourcePolicies(env) {
  const find = (reference) =>
    [...env.resources.values()].find((one) => one.arn === reference || (one.arn && one.ref === reference))
  const add = (reference, statements, from) => {
    const resource = find(reference)
    if (!resource) throw new Error(`${from}: no template has the resource ${reference}`)
    resource.policy ??= { Version: '2012-10-17', Statement: [] }
    resource.policy.Statement.push(...[statements].flat())
  }
  for (const { name, type, properties } of [...env.resources.values()]) {
    if (type in RESOURCE_POLICIES)
      for (const reference of [properties[RESOURCE_POLICIES[type]]].flat())
        add(reference, (properties.PolicyDocument ?? properties.ResourcePolicy).Statement, name)
    else if (type === 'AWS::KMS::Key') add(env.resources.get(name).arn, properties.KeyPolicy.Statement, name)
    else if (type === 'AWS::ECR::Repository' && properties.RepositoryPolicyText)
      add(env.resources.get(name).arn, properties.RepositoryPolicyText.Statement, name)
    else if (type === 'AWS::Lambda::Permission')
      add(functionArn(env, properties.FunctionName), permissionStatement(env, properties), name)
    else if (type === 'AWS::EKS::PodIdentityAssociation' && properties.Policy)
      throw new Error(`${name}: session policies are not evaluated; add them to evaluate.mjs`)
    else if (/^AWS::.*Policy$/.test(type) && !OTHER_POLICIES.includes(type))
      throw new Error(`${name}: resource policies of the type ${type} are not read; add it to templates.mjs`)
  }
}

/** The statement that Lambda adds to a function's policy for a permission. */
function permissionStatement(env, { FunctionName, Principal, Action, SourceArn, SourceAccount, ...others }) {
  const unknown = Object.keys(others)
  if (unknown.length) throw new Error(`AWS::Lambda::Permission: ${unknown} is not read; add it to templates.mjs`)
  return {
    Effect: 'Allow',
    Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
    Action,
    Resource: functionArn(env, FunctionName),
    Condition: {
      ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
      ...(SourceAccount && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
    },
  }
}

function all(env, type) {
  return [...env.resources.values()].filter((resource) => resource.type === type)
}

if (process.argv[1] === import.meta.filename) {
  const { account, region, roles, resources } = loadEnvironment(process.argv[2])
  const model = { account, region, roles: Object.fromEntries(roles), resources: Object.fromEntries(resources) }
  console.log(JSON.stringify(model, undefined, 1))
}
