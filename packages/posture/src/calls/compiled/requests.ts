import type { PlainNode } from '@ringfence/code';
import { OF_NAME } from '../resource-arns.ts';
import type { Follower } from './follow.ts';
import type { Frame, Place } from './frame.ts';
import { plainName } from './program.ts';
import { inOrder, mayTell, parameterName, telling } from './request-parameters.ts';
import { type Argument, shapeOf } from './shape.ts';
import { fieldOf, lastName, walk } from './walk.ts';

/** What is in a list that is put together in one place. */
function listed(node: PlainNode): PlainNode[] {
  const shape = shapeOf(node);
  if (shape.is === 'call')
    return /^(of|asList)$/.test(shape.name) ? shape.given.map(({ value }) => value) : [];
  const body =
    node.children.find(({ field }) => field === 'body' || field === 'initializer') ??
    (/initializer|collection|element_binding/.test(node.type) ? node : undefined);
  return (body?.children ?? []).map((each) =>
    /^(literal_element|argument)$/.test(each.type) ? (each.children[0] ?? each) : each,
  );
}

/** The names of arguments that say which they are. */
const byName = (argument: Argument): string | undefined => argument.name && parameterName(argument.name);

/** What a request says of the resources that a call is about. */
export class Request {
  readonly choices = new Map<string, string[]>();
  /** Where it is put together. */
  readonly parts: Place[] = [];
  /** Whether one was given, and not names. */
  isRequest = false;
  readonly #follower: Follower;

  constructor(follower: Follower) {
    this.#follower = follower;
  }

  set(written: string, value: PlainNode, frame: Frame): void {
    const name = parameterName(written);
    const isTelling = telling.test(name);
    if (!isTelling && !mayTell.test(name)) return;
    const items =
      name === 'Names'
        ? this.#follower
            .definitionsOf(value, frame)
            .flatMap((place) => listed(place.node).map((node) => ({ node, frame: place.frame })))
        : [];
    if (items.length > 0) {
      this.choices.set(name, [
        ...new Set(items.flatMap((item) => this.#follower.textsOf(item.node, item.frame))),
      ]);
      return;
    }
    // An address of a queue, a key of an object: one expression, several texts.
    const texts = /^(ACL|Tagging|CopySource|HttpMethod|Verb)$/.test(name)
      ? this.#plain(value, frame)
      : (this.#addressByName(name, value, frame) ?? this.#follower.textsOf(value, frame));
    if (!isTelling && texts.length !== 1) return;
    const known = this.choices.get(name) ?? [];
    const all = [
      ...new Set([...known, ...(texts.length > 0 ? texts.map((text) => text || '${?}') : ['${?}'])]),
    ];
    this.choices.set(name, all);
  }

  /** The address of a queue that was asked for by its name. */
  #addressByName(name: string, value: PlainNode, frame: Frame): string[] | undefined {
    const answers =
      name === 'QueueUrl' ? [{ node: value, frame }, ...this.#follower.definitionsOf(value, frame)] : [];
    for (const answer of answers) {
      let asked = shapeOf(answer.node);
      while (asked.is === 'same') asked = shapeOf(asked.value);
      if ((asked.is !== 'call' && asked.is !== 'member') || !asked.object) continue;
      for (const { node, frame: at } of [
        answer,
        ...this.#follower.definitionsOf(asked.object, answer.frame),
      ]) {
        const call = shapeOf(node);
        if (call.is !== 'call' || !/^getQueueUrl(Async)?$/i.test(call.name)) continue;
        const request = new Request(this.#follower);
        request.readArguments(call.given, 'GetQueueUrl', at);
        return request.choices.get('QueueName')?.map((text) => OF_NAME + text);
      }
    }
    return undefined;
  }

  #plain(value: PlainNode, frame: Frame): string[] {
    const texts = this.#follower.textsOf(value, frame);
    return texts.length === 1 && texts[0] === '${?}' && /^[\w.]+$/.test(value.text)
      ? [lastName(value.text)]
      : texts;
  }

  /** Reads what a call is given: a request, what puts one together, or names in their order. */
  readArguments(given: readonly Argument[], operation: string, frame: Frame): void {
    const requests = given.filter(({ value }) => this.readRequest(value, frame, operation));
    this.isRequest = requests.length > 0;
    if (this.isRequest) return;
    for (const [index, argument] of given.entries()) {
      const name = byName(argument) ?? inOrder[operation]?.[index];
      if (name !== undefined && name !== '') this.set(name, argument.value, frame);
    }
  }

  /** Whether it is a request; what it says is noted. */
  readRequest(node: PlainNode, frame: Frame, operation: string, depth = 0): boolean {
    if (depth > 6) return false;
    const shape = shapeOf(node);
    if (shape.is === 'same') return this.readRequest(shape.value, frame, operation, depth);
    const definitions = this.#follower.definitionsOf(node, frame);
    let isRequest = false;
    for (const definition of definitions)
      isRequest = this.#readDefinition(definition, operation, depth) || isRequest;
    if (isRequest && shape.is === 'name') this.readVariable(shape.name, frame, operation, depth);
    return (
      isRequest ||
      this.#follower.typesOf(node, frame).some(({ written }) => /(Request|Input)$/.test(plainName(written)))
    );
  }

  #readDefinition({ node, frame }: Place, operation: string, depth: number): boolean {
    const shape = shapeOf(node);
    if (shape.is === 'made') {
      const type = plainName(shape.type ?? 'Request');
      if (!/(Request|Input|Put|Update|Delete|Get|ConditionCheck|Entry)$/.test(type)) return false;
      this.parts.push({ node, frame });
      for (const { name, value } of shape.sets) this.set(name, value, frame);
      const own = /(\w+)(Request|Input)$/.exec(type)?.[1] ?? operation;
      for (const [index, { name, value }] of shape.given.entries()) {
        const place = name ?? inOrder[own]?.[index];
        if (place) this.set(place, value, frame);
      }
      return true;
    }
    if (shape.is === 'function') {
      const [builder] = shape.parameters;
      this.parts.push({ node: shape.body, frame });
      if (builder !== undefined) this.#readBuilder(builder, shape.body, frame, operation, depth);
      return true;
    }
    if (shape.is !== 'call' || !shape.object) return false;
    return this.#readChain(node, frame, operation, depth);
  }

  /** `X.builder().tableName(t).build()`, and `new X().withTableName(t)`. */
  #readChain(node: PlainNode, frame: Frame, operation: string, depth: number): boolean {
    let at = node;
    const set: [string, PlainNode][] = [];
    for (let shape = shapeOf(at); shape.is === 'call' && shape.object; shape = shapeOf(at)) {
      const [argument, ...others] = shape.given;
      if (argument && others.length === 0) set.push([shape.name, argument.value]);
      at = shape.object;
      if (/^(builder|toBuilder)$/.test(shape.name) || this.#isRequestType(at, frame)) break;
    }
    const root = shapeOf(at);
    const isBuilder =
      root.is === 'name' &&
      /(Request|Put|Update|Delete|Get|ConditionCheck|Entry|Upload|Download|Copy)$/.test(root.name) &&
      /^[A-Z]/.test(root.name);
    const isOther =
      !isBuilder &&
      (root.is === 'name' || root.is === 'made' || root.is === 'call') &&
      this.readRequest(at, frame, operation, depth + 1);
    if (!isBuilder && !isOther) return false;
    this.parts.push({ node, frame });
    for (const [name, value] of set.reverse()) {
      // A request that holds another: of presigners and of transfers.
      if (/Request$/i.test(name)) this.readRequest(value, frame, operation, depth + 1);
      else this.set(name, value, frame);
    }
    return true;
  }

  #isRequestType = (node: PlainNode, frame: Frame): boolean => {
    const shape = shapeOf(node);
    return (
      shape.is === 'name' && /^[A-Z]/.test(shape.name) && !this.#follower.declarationsOf(shape.name, frame)
    );
  };

  /** What a variable that holds a request is told after it has been made. */
  readVariable(name: string, frame: Frame, operation: string, depth = 0): void {
    for (const body of frame.member.bodies) this.#readBuilder(name, body, frame, operation, depth);
  }

  #readBuilder(name: string, body: PlainNode, frame: Frame, operation: string, depth: number): void {
    for (const each of walk(body)) {
      const left = fieldOf(each, 'left');
      const right = fieldOf(each, 'right');
      if (/^assignment_(expression|statement)$/.test(each.type) && left && right) {
        const target = shapeOf(left.type === 'expression_list' ? (left.children[0] ?? left) : left);
        if (target.is === 'member' && target.object.text === name) this.set(target.name, right, frame);
        continue;
      }
      const shape = shapeOf(each);
      if (shape.is !== 'call' || !shape.object || shape.given.length !== 1) continue;
      let root = shape.object;
      for (let inner = shapeOf(root); inner.is === 'call' && inner.object; inner = shapeOf(root))
        root = inner.object;
      const [argument] = shape.given;
      if (root.text !== name || !argument) continue;
      if (/Request$/i.test(shape.name)) this.readRequest(argument.value, frame, operation, depth + 1);
      else this.set(shape.name, argument.value, frame);
    }
  }
}
