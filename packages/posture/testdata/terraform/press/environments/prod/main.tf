terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

module "network" {
  source = "../../modules/network"
  cidr   = "10.20.0.0/16"
  zones  = ["eu-west-1a", "eu-west-1b"]
}

module "pipeline" {
  source             = "../../modules/pipeline"
  stage              = "prod"
  subnet_ids         = module.network.private_subnet_ids
  security_group_ids = [module.network.function_security_group_id]
}
