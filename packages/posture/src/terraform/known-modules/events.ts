/** What terraform-aws-modules/eventbridge/aws makes of its inputs. */
export const eventBridge = `
variable "create_bus" { default = true }
variable "bus_name" { default = "default" }
variable "rules" { default = {} }
variable "targets" { default = {} }
variable "schedules" { default = {} }

resource "aws_cloudwatch_event_bus" "this" {
  count = var.create_bus ? 1 : 0
  name  = var.bus_name
}
resource "aws_cloudwatch_event_rule" "this" {
  for_each            = var.rules
  name                = each.key
  event_bus_name      = var.create_bus ? aws_cloudwatch_event_bus.this[0].name : var.bus_name
  event_pattern       = try(each.value.event_pattern, null)
  schedule_expression = try(each.value.schedule_expression, null)
}
resource "aws_cloudwatch_event_target" "this" {
  for_each = merge([for rule, all in var.targets : { for index, target in all : format("%s-%s", rule, try(target.name, index)) => merge(target, { in = rule }) }]...)
  rule     = aws_cloudwatch_event_rule.this[each.value.in].name
  arn      = try(each.value.arn, each.value.destination, null)
}
resource "aws_scheduler_schedule" "this" {
  for_each            = var.schedules
  name                = each.key
  schedule_expression = try(each.value.schedule_expression, null)
  target {
    arn      = each.value.arn
    role_arn = try(each.value.role_arn, null)
  }
}
output "eventbridge_bus_arn" { value = try(aws_cloudwatch_event_bus.this[0].arn, null) }
output "eventbridge_bus_name" { value = try(aws_cloudwatch_event_bus.this[0].name, var.bus_name) }
output "eventbridge_rule_arns" { value = { for name, rule in aws_cloudwatch_event_rule.this : name => rule.arn } }
output "eventbridge_rule_ids" { value = { for name, rule in aws_cloudwatch_event_rule.this : name => rule.id } }
`;

/** What terraform-aws-modules/sns/aws makes of its inputs. */
export const sns = `
variable "name" { default = null }
variable "kms_master_key_id" { default = null }
variable "subscriptions" { default = {} }
resource "aws_sns_topic" "this" {
  name              = var.name
  kms_master_key_id = var.kms_master_key_id
}
resource "aws_sns_topic_subscription" "this" {
  for_each  = var.subscriptions
  topic_arn = aws_sns_topic.this.arn
  protocol  = each.value.protocol
  endpoint  = each.value.endpoint
}
output "topic_arn" { value = aws_sns_topic.this.arn }
output "topic_id" { value = aws_sns_topic.this.id }
output "topic_name" { value = aws_sns_topic.this.name }
output "sns_topic_arn" { value = aws_sns_topic.this.arn }
`;

/** What terraform-aws-modules/sqs/aws makes of its inputs. */
export const sqs = `
variable "name" { default = null }
variable "create_dlq" { default = false }
variable "kms_master_key_id" { default = null }
resource "aws_sqs_queue" "this" {
  name              = var.name
  kms_master_key_id = var.kms_master_key_id
}
resource "aws_sqs_queue" "dlq" {
  count = var.create_dlq ? 1 : 0
  name  = format("%s-dlq", var.name)
}
output "queue_arn" { value = aws_sqs_queue.this.arn }
output "queue_id" { value = aws_sqs_queue.this.id }
output "queue_url" { value = aws_sqs_queue.this.url }
output "queue_name" { value = aws_sqs_queue.this.name }
output "sqs_queue_arn" { value = aws_sqs_queue.this.arn }
output "sqs_queue_id" { value = aws_sqs_queue.this.id }
output "dead_letter_queue_arn" { value = try(aws_sqs_queue.dlq[0].arn, null) }
output "dead_letter_queue_url" { value = try(aws_sqs_queue.dlq[0].url, null) }
output "dead_letter_queue_id" { value = try(aws_sqs_queue.dlq[0].id, null) }
`;
