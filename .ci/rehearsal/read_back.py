"""Reads back what a deployment created, through the APIs of the services, and compares it with the template, property by property.

A property is a leaf of a resource's `Properties`, with its functions resolved by what the services answer. A property cannot be read
where no API answers it: `unreadable.txt` lists these, each with the reason. What a template does not set is not compared.
"""
import fnmatch
import functools
import ipaddress
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from readers import READERS, Resource

# Of a property that is not in the answer, and of a function that needs such a property.
MISSING, UNKNOWN = object(), object()
UNREADABLE_ERRORS = (ClientError, BotoCoreError, LookupError, StopIteration)
POLICIES = ("PolicyDocument", "KeyPolicy", "AssumeRolePolicyDocument")
# The order of layers decides which file of two is at a path. All other lists are sets.
ORDERED = ("Layers",)
UNREADABLE = [line.split(maxsplit=2)[:2] for line in Path(__file__).with_name("unreadable.txt").read_text().splitlines()
              if line and not line.startswith("#")]


@dataclass
class Comparison:
    properties: int = 0
    compared: int = 0
    unreadable: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)


def compare(stack_name, template, account, custom):
    """Compares each resource of a deployed stack, and each output, with the template.

    `custom` contains a function for each type of custom resource that can be read: it answers for the resolved properties.
    """
    stack, comparison = Stack(stack_name, template, account, custom), Comparison()
    for logical_id, resource in template["Resources"].items():
        kind = resource["Type"]
        try:
            leaves = list(pair(stack.properties(logical_id), stack.answer(logical_id)))
        except UNREADABLE_ERRORS as error:
            comparison.properties += 1
            comparison.differences.append(f"{kind} ({logical_id}) cannot be read: {error!r}")
            continue
        for path, expected, actual in leaves:
            listed = next((name for types, name in UNREADABLE if fnmatch.fnmatch(kind, types) and fnmatch.fnmatch(f"{path}.", f"{name}.*")), None)
            comparison.properties += 1
            # A value that is off or empty in the template says nothing, because an emulator that ignores the property answers the same.
            if listed and (actual != expected or not expected):
                comparison.unreadable.append(f"{kind} {listed}")
                continue
            comparison.compared += 1
            if listed:
                comparison.differences.append(f"{kind} {path} can be read: remove it from unreadable.txt")
            elif actual is MISSING or expected is UNKNOWN:
                comparison.differences.append(f"{kind} {path} ({logical_id}) cannot be read, and is not in unreadable.txt")
            elif actual != expected:
                comparison.differences.append(f"{kind} {path} ({logical_id}): {shown(expected)} in the template, {shown(actual)} deployed")
    for name, output in template.get("Outputs", {}).items():
        comparison.properties += 1
        comparison.compared += 1
        expected, actual = stack.resolve(output["Value"]), stack.outputs.get(name, MISSING)
        if expected != actual:
            comparison.differences.append(f"the output {name}: {shown(expected)} in the template, {shown(actual)} deployed")
    return comparison


def shown(value):
    return "nothing" if value is MISSING else json.dumps(value, default=str)[:200]


class Stack:
    """A deployed stack: its template's properties with their functions resolved, and what the services answer for its resources."""

    def __init__(self, name, template, account, custom):
        self.name, self.template, self.account, self.custom, self.resources = name, template, account, custom, template["Resources"]
        self.client, self.properties, self.answer = map(functools.cache, (account.client, self.properties, self.answer))
        self.ids = {logical_id: physical_id for logical_id, (_, physical_id) in account.resources(name).items()}
        stack = self.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
        self.outputs = {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}
        self.exports = {each["Name"]: each["Value"] for each in account.pages("cloudformation", "list_exports", "Exports")}

    def properties(self, logical_id):
        return self.resolve(self.resources[logical_id].get("Properties", {}), self.try_call)

    def answer(self, logical_id):
        """What the service answers; for a custom resource that cannot be read, nothing."""
        kind = self.resources[logical_id]["Type"]
        if kind.startswith("Custom::"):
            return self.custom[kind](self.properties(logical_id)) if kind in self.custom else {}
        resource = Resource(self.client, self.ids[logical_id], self.properties(logical_id), self.account.region)
        answer = READERS[kind](resource)
        return answer and answer | resource.named

    def resolve(self, value, call=None):
        if isinstance(value, list):
            return [each for each in (self.resolve(item, call) for item in value) if each is not MISSING]
        if not isinstance(value, dict):
            return value
        name, argument = next(iter(value.items()), ("", None))
        if name == "Ref" or name.startswith("Fn::"):
            return (call or self.call)(name, argument)
        return {key: item for key, item in ((key, self.resolve(item, call)) for key, item in value.items()) if item is not MISSING}

    def try_call(self, name, argument):
        try:
            return self.call(name, argument)
        except UNREADABLE_ERRORS:
            return UNKNOWN

    def call(self, name, argument):
        match name, argument:
            case "Fn::GetAtt", [logical_id, attribute]:
                return self.attribute(logical_id, attribute)
            case "Fn::Sub", str():
                return re.sub(r"\${(.+?)}", lambda found: self.reference(found[1]), argument)
            case "Fn::If", [condition, yes, no]:
                return self.resolve(yes if self.resolve(self.template["Conditions"][condition]) else no)
        match name, self.resolve(argument):
            case "Ref", logical_id:
                return self.reference(logical_id)
            case "Fn::ImportValue", export:
                return self.exports[export]
            case "Fn::Join", [separator, parts]:
                return re.sub(r"{{resolve:secretsmanager:(.+?):SecretString:(\w+)::}}", self.secret, separator.join(parts))
            case "Fn::Split", [separator, text]:
                return text.split(separator)
            case "Fn::Select", [index, choices]:
                return choices[int(index)]
            case "Fn::Cidr", [block, count, bits]:
                network = ipaddress.ip_network(block)
                return [str(each) for each in network.subnets(new_prefix=network.max_prefixlen - int(bits))][:int(count)]
            case "Fn::Equals", [left, right]:
                return left == right
        raise NotImplementedError(name)

    def reference(self, name):
        pseudo = {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com", "AWS::StackName": self.name, "AWS::NoValue": MISSING,
                  "AWS::Region": self.account.region, "AWS::AccountId": self.account.number}
        return pseudo[name] if name in pseudo else self.ids[name]

    def attribute(self, logical_id, name):
        kind = self.resources[logical_id]["Type"]
        if kind == "Custom::AWSCDKCfnJson":
            return json.loads(self.properties(logical_id)[name])
        value = find(self.answer(logical_id), name, kind.split("::")[-1])
        if value is MISSING:
            raise LookupError(f"{kind} has no attribute {name}")
        return value

    def secret(self, reference):
        return json.loads(self.client("secretsmanager").get_secret_value(SecretId=reference[1])["SecretString"])[reference[2]]


def find(answer, name, kind=""):
    """The value by its name in CloudFormation; a service may write capitals otherwise, or begin with the kind: DBClusterArn for Arn."""
    if name in answer:
        return answer[name]
    name, kind = name.lower(), kind.lower()
    for key, value in answer.items():
        prefix = key.lower().removesuffix(name)
        if key.lower() == name or prefix + name == key.lower() and kind.endswith(prefix):
            return value
    return MISSING


def pair(expected, actual, path=(), exact=False):
    """Yields (path, expected value, actual value) of each leaf; the values are equal where they mean the same."""
    name = ".".join(path)
    exact = exact or bool(path) and path[-1] in POLICIES
    if isinstance(expected, (dict, list)) and isinstance(actual, str):
        actual = parsed(actual)
    if actual is not MISSING and isinstance(expected, list) != isinstance(actual, list):
        # A list of one, or a map of tags in the place of a list.
        if isinstance(actual, dict) and path[-1:] == ("Tags",):
            actual = [{"Key": key, "Value": value} for key, value in actual.items()]
        elif isinstance(expected, dict) and path[-1:] == ("Tags",):
            actual = {find(each, "Key"): find(each, "Value") for each in actual}
        elif isinstance(expected, list):
            actual = [actual]
        elif len(actual) == 1:
            actual = actual[0]
    if isinstance(expected, dict) and expected:
        others = set(actual) if isinstance(actual, dict) and exact else set()
        for key, value in expected.items():
            found = find(actual, key) if isinstance(actual, dict) else MISSING
            others = {other for other in others if other.lower() != key.lower()}
            yield from pair(value, found, (*path, key), exact)
        for other in others:
            yield f"{name}.{other}", MISSING, actual[other]
    elif isinstance(expected, list) and expected:
        others = list(actual) if isinstance(actual, list) else []
        unlike = []
        for each in expected:
            best = [list(pair(each, other, path, exact)) for other in (others[:1] if path[-1] in ORDERED else others)]
            equal = [index for index, leaves in enumerate(best) if all(left == right for _, left, right in leaves)]
            if equal:
                others.pop(equal[0])
                yield from best[equal[0]]
            else:
                unlike.append(each)
        for each in unlike:
            best = [list(pair(each, other, path, exact)) for other in others]
            if best:
                index = max(range(len(best)), key=lambda at: sum(left == right for _, left, right in best[at]))
                others.pop(index)
                yield from best[index]
            else:
                yield from pair(each, MISSING, path, exact)
        for other in others:
            if not str(find(other, "Key") if isinstance(other, dict) else "").startswith("aws:"):
                yield name, MISSING, other
    else:
        yield name, expected, expected if same(expected, actual) else actual


def same(expected, actual):
    if isinstance(expected, bool) or isinstance(actual, bool):
        return str(expected).lower() == str(actual).lower()
    if isinstance(expected, str) and isinstance(actual, str):
        return expected == actual or expected[:1] in ("{", "[") and parsed(expected) == parsed(actual)
    if isinstance(expected, str) and isinstance(actual, (dict, list)):
        return parsed(expected) == actual
    try:
        return expected == actual or float(expected) == float(actual)
    except (TypeError, ValueError):
        return False


def parsed(text):
    try:
        return json.loads(text)
    except ValueError:
        return text
