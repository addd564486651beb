from subprocess import check_output


def list_folder(folder):
    return check_output("ls -l %s" % folder, shell=True)


def lambda_handler(event, context):
    return [list_folder(record["body"]) for record in event["Records"]]
