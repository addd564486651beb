// Written by scripts/write-options-schema.ts from the policy's schema.
import type { Schema } from './read-options.ts';

export const optionsSchema: Schema = {
  type: 'object',
  properties: {
    onError: { default: 'open', type: 'string', enum: ['open', 'closed'] },
    effect: { default: 'alert', type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
    protections: {
      default: {},
      type: 'object',
      properties: {
        sqli: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        cmdi: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        code: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        xss: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        lfi: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        nosql: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        ssrf: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        xxe: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        ldap: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        xpath: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        crlf: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        prototype: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        redirect: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        scanner: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        malformed: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        shape: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
        custom: { type: 'string', enum: ['disable', 'alert', 'prevent', 'ban'] },
      },
      additionalProperties: false,
    },
    confidence: { default: 60, type: 'integer', minimum: 0, maximum: 100 },
    exceptions: {
      default: [],
      maxItems: 256,
      type: 'array',
      items: {
        type: 'object',
        properties: {
          classes: {
            minItems: 1,
            maxItems: 17,
            type: 'array',
            items: {
              type: 'string',
              enum: [
                'sqli',
                'cmdi',
                'code',
                'xss',
                'lfi',
                'nosql',
                'ssrf',
                'xxe',
                'ldap',
                'xpath',
                'crlf',
                'prototype',
                'redirect',
                'scanner',
                'malformed',
                'shape',
                'custom',
              ],
            },
          },
          field: { type: 'string', maxLength: 512 },
          sources: { minItems: 1, maxItems: 256, type: 'array', items: { type: 'string', maxLength: 512 } },
        },
        required: ['field'],
        additionalProperties: false,
      },
    },
    patterns: {
      default: [],
      maxItems: 256,
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string', minLength: 1, maxLength: 128, pattern: '^[^\\p{Cc}\\p{Cs}]*$' },
          match: { type: 'string', maxLength: 512 },
        },
        required: ['name', 'match'],
        additionalProperties: false,
      },
    },
    shapes: {
      default: [],
      maxItems: 1000,
      type: 'array',
      items: {
        type: 'object',
        properties: {
          method: {
            type: 'string',
            enum: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'],
          },
          path: { type: 'string', maxLength: 512 },
          parameters: {
            default: [],
            maxItems: 200,
            type: 'array',
            items: {
              type: 'object',
              properties: {
                in: { type: 'string', enum: ['path', 'query', 'header', 'cookie'] },
                name: { type: 'string', minLength: 1, maxLength: 256 },
                required: { default: false, type: 'boolean' },
                type: {
                  anyOf: [
                    {
                      type: 'string',
                      enum: ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'],
                    },
                    {
                      minItems: 1,
                      type: 'array',
                      items: {
                        type: 'string',
                        enum: ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'],
                      },
                    },
                  ],
                },
                enum: {
                  minItems: 1,
                  maxItems: 1000,
                  type: 'array',
                  items: { anyOf: [{ type: 'string', maxLength: 512 }, { type: 'number' }] },
                },
                minLength: { type: 'integer', minimum: 0, maximum: 1000000000 },
                maxLength: { type: 'integer', minimum: 0, maximum: 1000000000 },
                format: { type: 'string', enum: ['uuid', 'date', 'date-time', 'ipv4', 'ipv6', 'email'] },
                minimum: { type: 'number' },
                maximum: { type: 'number' },
                minItems: { type: 'integer', minimum: 0, maximum: 1000000000 },
                maxItems: { type: 'integer', minimum: 0, maximum: 1000000000 },
                items: { $ref: '#/$defs/Shape' },
              },
              required: ['in', 'name'],
              additionalProperties: false,
            },
          },
          body: {
            type: 'object',
            properties: {
              required: { default: false, type: 'boolean' },
              json: { $ref: '#/$defs/Shape' },
              form: { $ref: '#/$defs/Shape' },
              multipart: { $ref: '#/$defs/Shape' },
              other: { default: 'deny', type: 'string', enum: ['allow', 'deny'] },
            },
            additionalProperties: false,
          },
        },
        required: ['path'],
        additionalProperties: false,
      },
    },
    sources: {
      default: {},
      type: 'object',
      properties: {
        allow: { default: [], maxItems: 1000, type: 'array', items: { type: 'string', maxLength: 512 } },
        deny: { default: [], maxItems: 1000, type: 'array', items: { type: 'string', maxLength: 512 } },
      },
      additionalProperties: false,
    },
    response: {
      default: {},
      type: 'object',
      properties: {
        status: { default: 403, type: 'integer', minimum: 200, maximum: 599 },
        type: {
          default: 'application/json',
          type: 'string',
          maxLength: 128,
          pattern: '^[\\w!#$&^.+-]+\\/[\\w!#$&^.+-]+(; ?[\\w.-]+=[\\w.-]+)*$',
        },
        body: { default: '{"message":"Forbidden"}', type: 'string', minLength: 1, maxLength: 4096 },
      },
      additionalProperties: false,
    },
    records: { default: 'retry', type: 'string', enum: ['retry', 'drop'] },
    banMinutes: { default: 10, type: 'integer', minimum: 1, maximum: 10080 },
  },
  additionalProperties: false,
  $defs: {
    Shape: {
      type: 'object',
      properties: {
        type: {
          anyOf: [
            { type: 'string', enum: ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] },
            {
              minItems: 1,
              type: 'array',
              items: {
                type: 'string',
                enum: ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'],
              },
            },
          ],
        },
        enum: {
          minItems: 1,
          maxItems: 1000,
          type: 'array',
          items: { anyOf: [{ type: 'string', maxLength: 512 }, { type: 'number' }] },
        },
        minLength: { type: 'integer', minimum: 0, maximum: 1000000000 },
        maxLength: { type: 'integer', minimum: 0, maximum: 1000000000 },
        format: { type: 'string', enum: ['uuid', 'date', 'date-time', 'ipv4', 'ipv6', 'email'] },
        minimum: { type: 'number' },
        maximum: { type: 'number' },
        minItems: { type: 'integer', minimum: 0, maximum: 1000000000 },
        maxItems: { type: 'integer', minimum: 0, maximum: 1000000000 },
        items: { $ref: '#/$defs/Shape' },
        properties: {
          type: 'object',
          propertyNames: { type: 'string', minLength: 1, maxLength: 256 },
          additionalProperties: { $ref: '#/$defs/Shape' },
        },
        required: { type: 'array', items: { type: 'string', minLength: 1, maxLength: 256 } },
        additional: { anyOf: [{ type: 'string', enum: ['allow', 'deny'] }, { $ref: '#/$defs/Shape' }] },
      },
      additionalProperties: false,
    },
  },
};
