/** What terraform-aws-modules/apigateway-v2/aws makes of its inputs: of version 5 by `routes`, before it by `integrations`. */
export const apiGatewayV2 = `
locals { all = merge(var.integrations, var.routes) }
variable "create" { default = true }
variable "name" { default = "" }
variable "protocol_type" { default = "HTTP" }
variable "route_selection_expression" { default = null }
variable "body" { default = null }
variable "cors_configuration" { default = {} }
variable "routes" { default = {} }
variable "integrations" { default = {} }
variable "authorizers" { default = {} }
variable "stage_name" { default = "$default" }
variable "stage_access_log_settings" { default = {} }
variable "default_stage_access_log_destination_arn" { default = null }
variable "stage_default_route_settings" { default = {} }
variable "default_route_settings" { default = {} }

resource "aws_apigatewayv2_api" "this" {
  count                      = var.create ? 1 : 0
  name                       = var.name
  protocol_type              = var.protocol_type
  route_selection_expression = var.route_selection_expression
  body                       = var.body
  dynamic "cors_configuration" {
    for_each = length(keys(var.cors_configuration)) == 0 ? [] : [var.cors_configuration]
    content {
      allow_origins     = try(cors_configuration.value.allow_origins, null)
      allow_credentials = try(cors_configuration.value.allow_credentials, null)
      allow_methods     = try(cors_configuration.value.allow_methods, null)
      allow_headers     = try(cors_configuration.value.allow_headers, null)
    }
  }
}
resource "aws_apigatewayv2_authorizer" "this" {
  for_each        = var.authorizers
  api_id          = aws_apigatewayv2_api.this[0].id
  name            = try(each.value.name, each.key)
  authorizer_type = try(each.value.authorizer_type, "REQUEST")
  authorizer_uri  = try(each.value.authorizer_uri, null)
}
resource "aws_apigatewayv2_integration" "this" {
  for_each         = local.all
  api_id           = aws_apigatewayv2_api.this[0].id
  integration_type = try(each.value.integration.type, each.value.integration_type, "AWS_PROXY")
  integration_uri  = try(each.value.integration.uri, each.value.lambda_arn, each.value.integration_uri, null)
  integration_subtype = try(each.value.integration.subtype, each.value.integration_subtype, null)
}
resource "aws_apigatewayv2_route" "this" {
  for_each           = local.all
  api_id             = aws_apigatewayv2_api.this[0].id
  route_key          = each.key
  target             = format("integrations/%s", aws_apigatewayv2_integration.this[each.key].id)
  authorization_type = try(each.value.authorization_type, "NONE")
  authorizer_id      = try(aws_apigatewayv2_authorizer.this[each.value.authorizer_key].id, each.value.authorizer_id, null)
  api_key_required   = try(each.value.api_key_required, null)
}
resource "aws_apigatewayv2_stage" "this" {
  count  = var.create ? 1 : 0
  api_id = aws_apigatewayv2_api.this[0].id
  name   = var.stage_name
  dynamic "access_log_settings" {
    for_each = length(keys(var.routes)) == 0 && var.default_stage_access_log_destination_arn == null ? [] : [true]
    content { destination_arn = try(var.stage_access_log_settings.destination_arn, var.default_stage_access_log_destination_arn, "*") }
  }
  default_route_settings {
    throttling_burst_limit = try(var.stage_default_route_settings.throttling_burst_limit, var.default_route_settings.throttling_burst_limit, 500)
    throttling_rate_limit  = try(var.stage_default_route_settings.throttling_rate_limit, var.default_route_settings.throttling_rate_limit, 1000)
  }
}
output "api_id" { value = aws_apigatewayv2_api.this[0].id }
output "api_arn" { value = aws_apigatewayv2_api.this[0].arn }
output "api_endpoint" { value = aws_apigatewayv2_api.this[0].api_endpoint }
output "api_execution_arn" { value = aws_apigatewayv2_api.this[0].execution_arn }
output "apigatewayv2_api_id" { value = aws_apigatewayv2_api.this[0].id }
output "apigatewayv2_api_arn" { value = aws_apigatewayv2_api.this[0].arn }
output "apigatewayv2_api_api_endpoint" { value = aws_apigatewayv2_api.this[0].api_endpoint }
output "apigatewayv2_api_execution_arn" { value = aws_apigatewayv2_api.this[0].execution_arn }
output "stage_id" { value = aws_apigatewayv2_stage.this[0].id }
output "stage_arn" { value = aws_apigatewayv2_stage.this[0].arn }
output "stage_execution_arn" { value = aws_apigatewayv2_stage.this[0].execution_arn }
`;
