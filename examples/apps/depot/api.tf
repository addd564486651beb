data "aws_caller_identity" "current" {}

resource "aws_apigatewayv2_api" "depot" {
  name          = "depot-${var.stage}"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.depot.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_apigatewayv2_authorizer" "staff" {
  api_id           = aws_apigatewayv2_api.depot.id
  name             = "staff"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://login.depot.example"
    audience = ["depot"]
  }
}
